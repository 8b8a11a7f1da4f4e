import { expect, it } from 'vitest';
import { bitsFor, createShuffle } from '../../../src/library/catalogue/shuffle.ts';

it('has each number once, and finds its rank', () => {
  for (const [seed, bits] of [
    [0, 2],
    [1, 7],
    [-5, 12],
    [2 ** 31 - 1, 13],
  ] as const) {
    const shuffle = createShuffle(seed, bits);
    const numbers = Array.from({ length: 2 ** bits }, (_, rank) => shuffle.numberAt(rank));
    expect(new Set(numbers).size).toBe(2 ** bits);
    expect(numbers.map((number) => shuffle.rankOf(number))).toEqual(numbers.map((_, rank) => rank));
  }
});

it('finds the ranks of large numbers too', () => {
  const shuffle = createShuffle(42, 31);
  for (const rank of [0, 1, 12_345, 2 ** 30, 2 ** 31 - 1]) expect(shuffle.rankOf(shuffle.numberAt(rank))).toBe(rank);
});

it('looks like chance: neighbours lie far apart, and seeds share nothing', () => {
  const [one, other] = [createShuffle(1, 16), createShuffle(2, 16)];
  const ranks = Array.from({ length: 1000 }, (_, rank) => rank);
  const near = ranks.filter((rank) => Math.abs(one.numberAt(rank) - one.numberAt(rank + 1)) < 650);
  // A hundredth of the range on both sides: two hundredths by chance.
  expect(near.length).toBeLessThan(60);
  expect(ranks.filter((rank) => one.numberAt(rank) === other.numberAt(rank)).length).toBeLessThan(10);
  expect(ranks.filter((rank) => one.numberAt(rank) < 2 ** 15).length).toBeGreaterThan(400);
});

it('takes the bits that the highest number needs', () => {
  expect([0, 1, 3, 4, 1_000_000, 2 ** 31 - 1].map(bitsFor)).toEqual([2, 2, 2, 3, 20, 31]);
});
