import { expect, it } from 'vitest';
import { slideshowOrder } from '../../../src/web/viewer/slideshow-order.ts';

function walk(total: number, start: number, isShuffled: boolean, random = Math.random): number[] {
  const next = slideshowOrder(total, start, { isShuffled, random });
  const seen: number[] = [];
  for (let at = next(); at !== null; at = next()) seen.push(at);
  return seen;
}

it('goes to the end of the list, one after the other', () => {
  expect(walk(5, 2, false)).toEqual([3, 4]);
  expect(walk(5, 4, false)).toEqual([]);
});

it('comes to each item of the list once in random order, but to the one where it began', () => {
  for (const total of [1, 2, 3, 6, 12, 97, 1000, 30_030]) {
    for (const value of [0, 0.5, 0.999]) {
      const seen = walk(total, total - 1, true, () => value);
      expect(new Set([...seen, total - 1]).size).toBe(total);
      expect(seen.length).toBe(total - 1);
    }
  }
});
