import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isFresh, makeStep } from '../../scripts/make-step.mjs';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A step that copies the names of its inputs into one file, and what it was run with. */
async function step() {
  const folder = await temporaryFolder();
  await writeFiles(folder, ['in/a.ts', 'in/b/c.ts', 'in/out/earlier.js', 'lock.json']);
  const runs: boolean[] = [];
  const output = join(folder, 'in/out');
  const made = {
    inputs: ['lock.json', 'in', 'not-there'].map((name) => join(folder, name)),
    output,
    async run(hasIntactOutput: boolean) {
      runs.push(hasIntactOutput);
      await mkdir(output, { recursive: true });
      await writeFile(join(output, 'made.js'), 'made');
    },
  };
  return { folder, runs, made };
}

it('makes an output once, and not again while nothing has changed', async () => {
  const { runs, made } = await step();
  expect(isFresh(made)).toBe(false);
  await makeStep(made);
  expect(isFresh(made)).toBe(true);
  await makeStep(made);
  expect(runs).toEqual([false]);
});

it.each([
  ['changed', (folder: string) => writeFile(join(folder, 'in/b/c.ts'), 'other')],
  ['added', (folder: string) => writeFile(join(folder, 'in/b/d.ts'), '')],
  ['deleted', (folder: string) => rm(join(folder, 'in/a.ts'))],
  ['a file that was not there', (folder: string) => writeFile(join(folder, 'not-there'), '')],
])('makes it again for an input that was %s, upon an output that is as it was left', async (_what, change) => {
  const { folder, runs, made } = await step();
  await makeStep(made);
  await change(folder);
  expect(isFresh(made)).toBe(false);
  await makeStep(made);
  expect(runs).toEqual([false, true]);
  expect(isFresh(made)).toBe(true);
});

it.each([
  ['deleted', (output: string) => rm(join(output, 'made.js'))],
  ['changed', (output: string) => writeFile(join(output, 'made.js'), 'by hand')],
  ['added', (output: string) => writeFile(join(output, 'stranger.js'), '')],
  ['deleted with the folder', (output: string) => rm(output, { recursive: true })],
])('makes it again from the ground where an output was %s', async (_what, change) => {
  const { runs, made } = await step();
  await makeStep(made);
  await change(made.output);
  expect(isFresh(made)).toBe(false);
  await makeStep(made);
  expect(runs).toEqual([false, false]);
});

it('does a run that failed again, though the inputs are as before', async () => {
  const { folder, runs, made } = await step();
  await makeStep(made);
  await writeFile(join(folder, 'in/a.ts'), 'wrong');
  await expect(makeStep({ ...made, run: () => Promise.reject(new Error('a.ts is wrong')) })).rejects.toThrow(
    'a.ts is wrong',
  );
  expect(isFresh(made)).toBe(false);
  await writeFile(join(folder, 'in/a.ts'), 'in/a.ts');
  expect(isFresh(made)).toBe(false);
  await makeStep(made);
  expect(runs).toEqual([false, false]);
});

it('takes an edit during the run for one that it may not have seen', async () => {
  const { folder, made } = await step();
  await makeStep({
    ...made,
    async run() {
      await writeFile(join(folder, 'in/a.ts'), 'edited');
    },
  });
  expect(await readFile(join(folder, 'in/a.ts'), 'utf8')).toBe('edited');
  expect(isFresh(made)).toBe(false);
});
