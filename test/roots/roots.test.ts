import { EventEmitter, once } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { createRoots } from '../../src/roots/roots.ts';
import { categoryOf } from '../support/catalogued-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A root of which nothing is known until it answers. */
async function openSilent(limits: { longestMs?: number; longestNowMs?: number }) {
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
  const { category, roots, findUnique, answer } = await openSilent({ longestMs: 600 });
  const offline = { state: 'OFFLINE', reason: 'its root folder does not answer' };
  const both = await Promise.all([roots.recogniseOften(category), roots.recogniseOften(category)]);
  expect(both).toMatchObject([offline, offline]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await roots.recogniseOften(category)).toMatchObject(offline);
  expect(findUnique).toHaveBeenCalledTimes(1);
  answer();
  await vi.waitFor(async () => expect(await roots.recogniseOften(category)).toMatchObject({ state: 'ONLINE' }));
});

it('is asked anew by who must know it as of now, but not beside a question without an answer', async () => {
  const { category, roots, findUnique, answer } = await openSilent({ longestNowMs: 300 });
  expect(await roots.recognise(category)).toMatchObject({ state: 'OFFLINE' });
  expect(await roots.recognise(category)).toMatchObject({ state: 'OFFLINE' });
  expect(findUnique).toHaveBeenCalledTimes(1);
  answer();
  await vi.waitFor(async () => expect(await roots.recognise(category)).toMatchObject({ state: 'ONLINE' }));
  const asked = findUnique.mock.calls.length;
  await Promise.all([roots.recognise(category), roots.recognise(category)]);
  expect(findUnique.mock.calls.length).toBeGreaterThan(asked);
});
