import { expect, it } from 'vitest';
import type { ScannedFile } from '../../../../src/library/metadata/describe-file.ts';
import { createFingerprintsAhead } from '../../../../src/library/scan/plan/fingerprints-ahead.ts';
import type { IdentifyInput } from '../../../../src/library/scan/plan/identify-files.task.ts';

const category = { rootPath: '/srv' };
const { signal } = new AbortController();

it('reads what looks like an item that is gone, whichever of the two comes first, while the survey goes on', async () => {
  const { ahead, readAhead } = open();
  const [before, after] = [filesOf('before', 600), filesOf('after', 600)];
  ahead.look(category, { added: before, updated: [], lost: [] });
  expect(readAhead()).toEqual([]);
  ahead.look(category, { added: [], updated: [], lost: goneOf([...before, ...after]) });
  ahead.look(category, { added: after, updated: [], lost: [] });
  await expect.poll(readAhead).toEqual([...before, ...after].map(({ relativePath }) => relativePath));
  expect(await ahead.of(located([after[7], before[3]]))).toEqual(['print of after/7', 'print of before/3']);
  expect(readAhead()).toHaveLength(1_200);
});

it('reads nothing of files that are like no item that is gone, and those that are asked for when they are', async () => {
  const { ahead, readAhead } = open();
  const files = filesOf('new', 600);
  ahead.look(category, { added: files, updated: [], lost: goneOf(filesOf('other', 600)) });
  await new Promise(setImmediate);
  expect(readAhead()).toEqual([]);
  expect(await ahead.of(located(files.slice(0, 2)))).toEqual(['print of new/0', 'print of new/1']);
  expect(readAhead()).toEqual(['new/0', 'new/1']);
});

it('takes any number of files that are alike', async () => {
  const { ahead } = open();
  const [file] = filesOf('alike', 1) as [ScannedFile];
  const alike = Array.from({ length: 200_000 }, () => file);
  ahead.look(category, { added: alike, updated: [], lost: [] });
  expect(() => ahead.look(category, { added: [], updated: [], lost: goneOf([file]) })).not.toThrow();
});

it('reads nothing ahead where items have no fingerprints', async () => {
  const { ahead, readAhead } = open({ isAhead: false });
  const files = filesOf('moved', 600);
  ahead.look(category, { added: files, updated: [], lost: goneOf(files) });
  expect(await ahead.of(located([files[3]]))).toEqual(['print of moved/3']);
  expect(readAhead()).toEqual(['moved/3']);
});

it('takes files that were written over for both: gone, and new at their paths', async () => {
  const { ahead, readAhead } = open();
  const files = filesOf('swapped', 600);
  const updated = files.map((file, id) => ({
    file,
    item: { id, signature: files.at(id - 1)?.signature ?? '' },
    isReplaced: true,
  }));
  ahead.look(category, { added: [], updated, lost: [] });
  await expect.poll(() => readAhead().toSorted()).toEqual(files.map(({ relativePath }) => relativePath).toSorted());
});

it('leaves what could not be read ahead to whoever asks, who hears why', async () => {
  const { ahead, fail } = open();
  const files = filesOf('lost', 600);
  fail(new Error('the thread ended'));
  ahead.look(category, { added: files, updated: [], lost: goneOf(files) });
  await expect(ahead.of(located(files))).rejects.toThrow('the thread ended');
  fail(null);
  expect(await ahead.of(located(files))).toHaveLength(600);
});

function open({ isAhead = true } = {}) {
  const read: string[] = [];
  let failure: Error | null = null;
  const pool = {
    async run(_name: 'identifyFiles', { files }: IdentifyInput) {
      if (failure !== null) throw failure;
      read.push(...files.map(({ path }) => path));
      return files.map(({ path }) => `print of ${path}`);
    },
  };
  return {
    ahead: createFingerprintsAhead(pool, signal, { isAhead }),
    readAhead: () => read,
    fail: (error: Error | null) => (failure = error),
  };
}

function filesOf(folder: string, count: number): ScannedFile[] {
  return Array.from({ length: count }, (_, n) => ({
    relativePath: `${folder}/${n}`,
    sizeBytes: n,
    modifiedAtMs: n,
    signature: `${folder}${n}-time-path`,
  }));
}

/** Items of the same size and time, from other paths. */
function goneOf(files: readonly ScannedFile[]) {
  return files.map(({ relativePath, signature }, id) => ({
    id,
    relativePath: `old/${relativePath}`,
    signature: signature.replace('path', 'old'),
  }));
}

function located(files: readonly (ScannedFile | undefined)[]) {
  return files.flatMap((file) => (file === undefined ? [] : [{ category, file }]));
}
