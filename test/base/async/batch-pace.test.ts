import { expect, it } from 'vitest';
import { createBatchPace } from '../../../src/base/async/batch-pace.ts';

it('has batches that take as long as they should, whatever an item costs', async () => {
  expect(await sizesAt(0.02, 6)).toEqual([100, 200, 250, 250, 250, 250]);
  expect(await sizesAt(0.5, 4)).toEqual([100, 20, 20, 20]);
});

it('has batches that are neither tiny nor huge', async () => {
  expect(await sizesAt(50, 3)).toEqual([100, 20, 20]);
  expect(await sizesAt(0, 6)).toEqual([100, 200, 400, 500, 500, 500]);
});

it('takes no notice of a batch that had to wait, nor of a short one', async () => {
  const { pace, spend } = paceWithClock();
  for (const ms of [5, 5, 400, 5]) await pace.timed(pace.size(), spend(ms));
  expect(pace.size()).toBe(100);
  await pace.timed(3, spend(5));
  expect(pace.size()).toBe(100);
});

it('follows when items come to cost more', async () => {
  const { pace, spend } = paceWithClock();
  for (let batch = 0; batch < 20; batch++) await pace.timed(pace.size(), spend(pace.size() * 0.02));
  expect(pace.size()).toBe(250);
  for (let batch = 0; batch < 8; batch++) await pace.timed(pace.size(), spend(pace.size() * 0.1));
  expect(pace.size()).toBe(50);
});

it('passes on what a batch gives, and its failure', async () => {
  const { pace } = paceWithClock();
  expect(await pace.timed(1, async () => 'done')).toBe('done');
  await expect(pace.timed(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

async function sizesAt(costMs: number, batches: number): Promise<number[]> {
  const { pace, spend } = paceWithClock();
  const sizes: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    sizes.push(pace.size());
    await pace.timed(pace.size(), spend(pace.size() * costMs));
  }
  return sizes;
}

function paceWithClock() {
  let time = 0;
  const pace = createBatchPace({ targetMs: 5, smallest: 20, largest: 500, first: 100, now: () => time });
  return { pace, spend: (ms: number) => async () => void (time += ms) };
}
