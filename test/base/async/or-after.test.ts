import { expect, it } from 'vitest';
import { orAfter } from '../../../src/base/async/or-after.ts';

const never = new Promise<string>(() => undefined);

it('settles as the work does where that is in time', async () => {
  expect(await orAfter(Promise.resolve('done'), 300_000, 'late')).toBe('done');
  await expect(orAfter(Promise.reject(new Error('broken')), 300_000, 'late')).rejects.toThrow('broken');
});

it('gives what stands for an answer where there is none', async () => {
  expect(await orAfter(never, 1, 'late')).toBe('late');
  expect(await orAfter(never, 0, null)).toBeNull();
});
