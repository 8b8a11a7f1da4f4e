import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import type { WalkBatch } from '../../../../src/library/scan/walk/walk-batch.ts';
import { startWalk, type Walk, type WalkRequest } from '../../../../src/library/scan/walk/walk-category.ts';
import { createWalkControl, maxInFlight } from '../../../../src/library/scan/walk/walk-control.ts';
import { sharedPool } from '../../../support/shared-pool.ts';
import { plant } from './walked-tree.ts';

const everything = { includePatterns: [], excludePatterns: [] };

function open(rootPath: string, request: Partial<WalkRequest> = {}): Walk {
  return startWalk({ pool: sharedPool, rootPath, ...everything, signal: new AbortController().signal, ...request });
}

async function collect({ batches }: Walk): Promise<WalkBatch> {
  const all: WalkBatch = { files: [], errors: [], folders: { unchanged: [], lookedAt: [] } };
  for await (const { files, errors, folders } of batches) {
    all.folders.unchanged.push(...folders.unchanged);
    all.folders.lookedAt.push(...folders.lookedAt);
    all.files.push(...files);
    all.errors.push(...errors);
  }
  return all;
}

/** More files than fit into the batches that may be under way. */
function plantMany(): { root: string; names: string[] } {
  const names = Array.from({ length: (maxInFlight + 2) * 1_000 + 1 }, (_, index) => `${100_000 + index}.mp4`);
  return { root: plant(...names), names };
}

test('All files of a category arrive in order, with a summary at the end', async () => {
  const { root, names } = plantMany();
  mkdirSync(join(root, 'sub'));
  writeFileSync(join(root, 'sub/z.MP4'), 'four');
  writeFileSync(join(root, 'sub/z.nfo'), '');
  symlinkSync('nowhere', join(root, 'sub/broken'));

  const walk = open(root, { includePatterns: ['**/*.mp4'] });
  const { files, errors } = await collect(walk);
  expect(files.map((file) => file.relativePath)).toEqual([...names, 'sub/z.MP4']);
  expect(files.at(-1)).toMatchObject({ sizeBytes: 4, signature: expect.stringMatching(/^4-\w+-\w+$/) });
  expect(errors).toMatchObject([{ code: 'BROKEN_SYMLINK', path: 'sub/broken' }]);
  expect(await walk.summary).toEqual({
    rootState: 'ok',
    filesFound: names.length + 1,
    foldersWalked: 2,
    foldersUnchanged: 0,
    errorCount: 1,
    linksNotFollowed: 0,
    specialFilesSkipped: 0,
    stillChanging: 0,
    limited: false,
    cancelled: false,
  });
});

test('The root may be a link', async () => {
  const root = plant('real/a.mp4');
  symlinkSync('real', join(root, 'link'));
  const { files } = await collect(open(join(root, 'link')));
  expect(files.map((file) => file.relativePath)).toEqual(['a.mp4']);
});

test('A limit lets only so many accepted files through, and counts the others', async () => {
  const root = plant('a.nfo', 'b.mp4', 'c.mp4', 'd.mp4', 'e/f.mp4');
  const walk = open(root, { includePatterns: ['**/*.mp4'], limit: 2 });
  const { files } = await collect(walk);
  expect(files.map((file) => file.relativePath)).toEqual(['b.mp4', 'c.mp4']);
  expect(await walk.summary).toMatchObject({ filesFound: 4, limited: true, foldersWalked: 2 });
});

test('A limit that is not reached limits nothing', async () => {
  for (const limit of [2, 3]) {
    const walk = open(plant('a', 'b'), { limit });
    expect((await collect(walk)).files.length).toBe(2);
    expect(await walk.summary).toMatchObject({ filesFound: 2, limited: false });
  }
});

test('A root that is missing, or below something that is no folder, is told as missing', async () => {
  const root = plant('file');
  for (const path of ['nowhere', 'file/below']) {
    const walk = open(join(root, path));
    expect(await collect(walk)).toMatchObject({ files: [], errors: [] });
    expect(await walk.summary).toMatchObject({ rootState: 'missing', filesFound: 0, errorCount: 0 });
  }
});

test('A root that is a file, or a link to itself, is told as unreadable', async () => {
  const root = plant('file');
  symlinkSync('loop', join(root, 'loop'));
  for (const path of ['file', 'loop']) {
    const walk = open(join(root, path));
    expect(await collect(walk)).toMatchObject({ files: [], errors: [{ code: 'UNREADABLE_FOLDER', relativePath: '' }] });
    expect(await walk.summary).toMatchObject({ rootState: 'unreadable', filesFound: 0 });
  }
});

test('A root that is replaced by an empty folder meanwhile is told as missing', async () => {
  const { root } = plantMany();
  const walk = open(root);
  for await (const { files } of walk.batches) {
    if (files[0]?.relativePath !== '100000.mp4') continue;
    renameSync(root, `${root}-unmounted`);
    onTestFinished(() => rmSync(`${root}-unmounted`, { recursive: true }));
    mkdirSync(root);
  }
  expect(await walk.summary).toMatchObject({ rootState: 'missing' });
});

test('The worker waits for a consumer that is slow', async () => {
  const { root } = plantMany();
  const control = createWalkControl();
  const { port1, port2 } = new MessageChannel();
  let arrived = 0;
  port1.on('message', () => arrived++);
  const summary = sharedPool.run(
    'walkCategory',
    { rootPath: root, ...everything, port: port2, control: control.memory },
    { transferList: [port2] },
  );
  await expect.poll(() => arrived).toBe(maxInFlight);
  await sleep(300);
  expect(arrived).toBe(maxInFlight);
  control.acknowledge();
  control.acknowledge();
  await expect.poll(() => arrived).toBe(maxInFlight + 2);
  await sleep(300);
  expect(arrived).toBe(maxInFlight + 2);
  control.stop();
  expect(await summary).toMatchObject({ cancelled: true });
  port1.close();
});

test('An abort ends the batches with its reason and frees the worker at once, though nobody takes its batches', async () => {
  const { root } = plantMany();
  const controller = new AbortController();
  const walk = open(root, { signal: controller.signal });
  const reason = new Error('The job was cancelled.');
  let abortedAt = Infinity;
  const consumed = (async () => {
    for await (const _ of walk.batches) {
      await sleep(300);
      abortedAt = performance.now();
      controller.abort(reason);
    }
  })();
  await expect(consumed).rejects.toBe(reason);
  expect(await walk.summary).toMatchObject({ cancelled: true });
  expect(performance.now() - abortedAt).toBeLessThan(5_000);
  expect((await collect(open(plant('a')))).files.length).toBe(1);
});

test('A walk that is aborted before it starts gives nothing', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  const walk = open(plant('a'), { signal });
  await expect(collect(walk)).rejects.toThrow('too late');
  expect(await walk.summary).toMatchObject({ cancelled: true, filesFound: 0 });
});

test('Leaving the loop stops the worker', async () => {
  const { root, names } = plantMany();
  const walk = open(root);
  for await (const _ of walk.batches) break;
  const summary = await walk.summary;
  expect(summary.cancelled).toBe(true);
  expect(summary.filesFound).toBeLessThan(names.length);
});

test('What the worker throws ends the batches, whether they were looked at before or after', async () => {
  const failing = { run: () => Promise.reject(new Error('The worker died.')) };
  const early = open(plant(), { pool: failing });
  await expect(collect(early)).rejects.toThrow('The worker died.');
  const late = open(plant(), { pool: failing });
  await sleep(50);
  await expect(collect(late)).rejects.toThrow('The worker died.');
  await expect(late.summary).rejects.toThrow('The worker died.');
});

test('Walks side by side do not disturb each other', async () => {
  const roots = [plant('a', 'b'), plant('c'), plant('d', 'e', 'f'), plant()];
  const walks = await Promise.all(roots.map((root) => collect(open(root))));
  expect(walks.map(({ files }) => files.map((file) => file.relativePath).join(''))).toEqual(['ab', 'c', 'def', '']);
});
