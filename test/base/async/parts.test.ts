import { expect, it } from 'vitest';
import { createParts } from '../../../src/base/async/parts.ts';

function openParts() {
  const happened: string[] = [];
  const parts = createParts();
  const part = (name: string) => ({
    name,
    resume: async () => void happened.push(`${name} resumes`),
    close: async (graceMs: number) => void happened.push(`${name} closes within ${graceMs}`),
  });
  return { happened, parts, part };
}

it('parts resume in the order in which they were opened, and close in reverse', async () => {
  const { happened, parts, part } = openParts();
  expect(parts.add(part('database'))).toMatchObject({ name: 'database' });
  parts.add({ close: () => happened.push('the pool closes') });
  parts.add(part('jobs'));
  await parts.resume();
  await parts.close(50);
  expect(happened).toEqual([
    'database resumes',
    'jobs resumes',
    'jobs closes within 50',
    'the pool closes',
    'database closes within 50',
  ]);
});

it('a part that does not end in order keeps no other open, and its failure is thrown at the end', async () => {
  const { happened, parts, part } = openParts();
  parts.add(part('database'));
  parts.add({ close: () => Promise.reject(new Error('the first')) });
  parts.add({
    close() {
      throw new Error('the last');
    },
  });
  await expect(parts.close(0)).rejects.toThrow('the last');
  expect(happened).toEqual(['database closes within 0']);
});

it('parts close once, however often they are asked to', async () => {
  const { happened, parts, part } = openParts();
  parts.add(part('database'));
  await Promise.all([parts.close(1), parts.close(2)]);
  await parts.close(3);
  expect(happened).toEqual(['database closes within 1']);
});

it('a part that cannot resume keeps the whole from starting', async () => {
  const { happened, parts, part } = openParts();
  parts.add({ resume: () => Promise.reject(new Error('no room')) });
  parts.add(part('jobs'));
  await expect(parts.resume()).rejects.toThrow('no room');
  expect(happened).toEqual([]);
});
