import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { renameSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { assert, expect, it, vi } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { identifyRoot, type RootIdentity } from '../../../src/library/roots/recognise-root.ts';
import { createRoots } from '../../../src/library/roots/roots.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A root of which nothing is known until it answers. */
async function openSilent(limits: { maxMs?: number; maxNowMs?: number }) {
  const category = categoryOf({ key: 'photos', rootPath: await temporaryFolder() });
  const answers = new EventEmitter();
  const findUnique = vi.fn<() => Promise<null>>(async () => {
    await once(answers, 'answer');
    return null;
  });
  const database = { prisma: { categoryScan: { findUnique } } } as unknown as Database;
  const answer = () => {
    findUnique.mockResolvedValue(null);
    answers.emit('answer');
  };
  return { category, roots: createRoots({ database, ...limits }), findUnique, answer };
}

it('asks a root that does not answer once, and counts it as offline until it does', async () => {
  const { category, roots, findUnique, answer } = await openSilent({ maxMs: 600 });
  const offline = { state: 'OFFLINE', reason: 'its root folder does not answer' };
  const both = await Promise.all([roots.recogniseOften(category), roots.recogniseOften(category)]);
  expect(both).toMatchObject([offline, offline]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await roots.recogniseOften(category)).toMatchObject(offline);
  expect(findUnique).toHaveBeenCalledTimes(1);
  answer();
  await expect.poll(() => roots.recogniseOften(category)).toMatchObject({ state: 'ONLINE' });
});

it('is asked anew by who must know it as of now, but not beside a question without an answer', async () => {
  const { category, roots, findUnique, answer } = await openSilent({ maxNowMs: 300 });
  expect(await roots.recognise(category)).toMatchObject({ state: 'OFFLINE' });
  expect(await roots.recognise(category)).toMatchObject({ state: 'OFFLINE' });
  expect(findUnique).toHaveBeenCalledTimes(1);
  answer();
  await expect.poll(() => roots.recognise(category)).toMatchObject({ state: 'ONLINE' });
  const asked = findUnique.mock.calls.length;
  await Promise.all([roots.recognise(category), roots.recognise(category)]);
  expect(findUnique.mock.calls.length).toBeGreaterThan(asked);
});

/** Puts another folder into the root's place while something is done with it, in each round some microseconds later. */
async function swapMeanwhile<T>(
  round: number,
  marker: string | null,
  act: (root: string, before: RootIdentity) => Promise<T>,
) {
  const folder = await temporaryFolder();
  const [root, away, other] = [join(folder, 'root'), join(folder, 'away'), join(folder, 'other')];
  await Promise.all([mkdir(root), mkdir(other)]);
  if (marker !== null) await writeFile(join(root, '.mediashelf-root'), `${marker}\n`);
  const before = await identifyRoot(root);
  assert(before);
  const swapAt = performance.now() + (round % 60) / 40;
  const acting = act(root, before);
  while (performance.now() < swapAt) await setImmediate();
  renameSync(root, away);
  renameSync(other, root);
  return { before, after: await acting, away, root };
}

it('is told as one folder or the other while they are swapped, or as none', async () => {
  const marker = randomUUID();
  for (let round = 0; round < 300; round += 1) {
    const { before, after, root } = await swapMeanwhile(round, marker, (path) => identifyRoot(path));
    expect([null, before, await identifyRoot(root)]).toContainEqual(after);
  }
});

it('is remembered by its own marker, or by none, where it is swapped meanwhile', async () => {
  for (let round = 0; round < 300; round += 1) {
    const remembered: RootIdentity[] = [];
    const updateMany = async ({ data }: { data: { rootIdentity: RootIdentity } }) => {
      remembered.push(data.rootIdentity);
    };
    const roots = createRoots({
      database: { prisma: { categoryScan: { updateMany, findMany: async () => [] } } } as unknown as Database,
    });
    const { before, away } = await swapMeanwhile(round, null, (rootPath, root) =>
      roots.remember(categoryOf({ key: 'photos', rootPath, rootMarker: true }), root),
    );
    const own = await identifyRoot(away);
    for (const identity of remembered) expect([before, own]).toContainEqual(identity);
  }
});
