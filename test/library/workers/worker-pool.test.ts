import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { createPictureRenderer } from '../../../src/library/delivery/posters/picture-renderer.ts';
import { createHasher } from '../../../src/library/hashing/hasher.ts';
import { createImageStore } from '../../../src/library/model-records/image-store.ts';
import { createProxyFiles } from '../../../src/library/image-proxies/proxy-files.ts';
import { createProxyRenderer } from '../../../src/library/image-proxies/proxy-renderer.ts';
import { taskLimitsMs } from '../../../src/library/workers/task-limits.ts';
import { createWorkerPool } from '../../../src/library/workers/worker-pool.ts';
import { plainPicture } from '../delivery/posters/poster-library.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();
const limitMs = 4_000;

/** A pool whose tasks hang, exit, abort or throw late where the names of their files say so. */
function openStubbornPool() {
  const log = { error: vi.fn<() => void>() };
  const limitsMs = Object.fromEntries(Object.keys(taskLimitsMs).map((name) => [name, limitMs])) as typeof taskLimitsMs;
  const filename = fileURLToPath(new URL('./stubborn-worker.mjs', import.meta.url));
  const pool = createWorkerPool({ log, filename, limitsMs });
  onTestFinished(() => pool.close());
  return { pool, log };
}

async function makeRoot(...names: string[]): Promise<string> {
  const root = await temporaryFolder();
  for (const name of names) await writeFile(join(root, name), await plainPicture('red'));
  return root;
}

const input = (rootPath: string, relativePath: string) => ({
  source: { kind: 'file', rootPath, relativePath, isTolerant: false } as const,
  longestSide: 100,
  maxPixels: 1e6,
});

it.each([
  ['hang', 'hang.jpg'],
  ['never come back from native code', 'native.jpg'],
])('gives up tasks that %s, and does the others all the same', async (_title, name) => {
  const { pool } = openStubbornPool();
  const root = await makeRoot('good.jpg');
  const names = [...Array.from({ length: pool.threads }, () => name), 'good.jpg', 'good.jpg', 'good.jpg'];
  const outcomes = await Promise.allSettled(names.map((name) => pool.run('renderPicture', input(root, name))));
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.ok : outcome.reason))).toEqual([
    ...Array.from({ length: pool.threads }, () =>
      expect.objectContaining({ code: 'TASK_LOST', message: 'It was not done after 4 seconds, and was given up.' }),
    ),
    true,
    true,
    true,
  ]);
});

it.each([
  ['exits', 'exit.jpg', /exited with code: 7/],
  ['throws outside of its task', 'later.jpg', /thrown later/],
  ['crashes', 'abort.jpg', /ended by SIGABRT/],
])('replaces a process that %s', async (_title, name, reason) => {
  const { pool } = openStubbornPool();
  const root = await makeRoot('good.jpg', 'later.jpg');
  const names = [...Array.from({ length: pool.threads + 1 }, () => name), 'good.jpg', 'good.jpg'];
  const outcomes = await Promise.allSettled(names.map((one) => pool.run('renderPicture', input(root, one))));
  expect(outcomes.slice(0, -2).map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(
    Array.from({ length: pool.threads + 1 }, () =>
      expect.objectContaining({ code: 'TASK_LOST', message: expect.stringMatching(reason) }),
    ),
  );
  expect(outcomes.slice(-2)).toMatchObject([{ value: { ok: true } }, { value: { ok: true } }]);
});

it('passes on what a task throws: its thread goes on', async () => {
  const { pool } = openStubbornPool();
  const root = await makeRoot('good.jpg');
  const files = (name: string) => ({ files: [{ path: join(root, name), rootPath: root }], by: 'fingerprint' as const });
  // A worker thread may not abort the process: Node refuses.
  await expect(pool.run('identifyFiles', files('abort.jpg'))).rejects.toThrow('not supported in workers');
  expect(await pool.run('identifyFiles', files('good.jpg'))).toHaveLength(1);
});

it('passes on what a task in a process throws, which goes on', async () => {
  const { pool } = openStubbornPool();
  const root = await makeRoot('good.jpg');
  await expect(pool.run('renderPicture', null as never)).rejects.toThrow(TypeError);
  expect(await pool.run('renderPicture', input(root, 'good.jpg'))).toMatchObject({ ok: true });
});

it('ends what runs and what waits when it is closed', async () => {
  const { pool } = openStubbornPool();
  const root = await makeRoot('good.jpg');
  const names = [...Array.from({ length: pool.threads }, () => 'hang.jpg'), 'good.jpg'];
  const outcomes = Promise.allSettled(names.map((name) => pool.run('renderPicture', input(root, name))));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await pool.close();
  expect((await outcomes).map(({ status }) => status)).toEqual(names.map(() => 'rejected'));
});

it('a poster, a proxy, a picture of a model and a hash say which file it was', async () => {
  const { pool } = openStubbornPool();
  const [root, folder] = [await makeRoot('hang.jpg', 'exit.jpg', 'good.jpg'), await temporaryFolder()];
  const log = { debug: vi.fn<() => void>(), warn: vi.fn<(facts: { place?: string }) => void>() };
  const posters = createPictureRenderer({ pool, maxPixels: 1e6, log });
  const poster = (name: string) => posters.render(input(root, name).source, 'small', signal);
  expect(await Promise.all(['hang.jpg', 'exit.jpg', 'good.jpg'].map(poster))).toEqual([null, null, expect.any(Buffer)]);
  expect(log.warn.mock.calls.map(([{ place = '' }]) => place).sort()).toEqual(['exit.jpg', 'hang.jpg']);

  const proxies = createProxyRenderer({
    pool,
    files: createProxyFiles(folder),
    findCategory: (key) => categoryOf({ key, rootPath: root }),
    fetchSource: null,
    maxPixels: 1e6,
  });
  const place = { rootCategory: 'photos', relativePath: 'exit.jpg', filename: 'exit.jpg' };
  const item = { id: 1, ...place, mediaType: 'IMAGE', signature: 'a', sizeBytes: 1, proxy: null };
  expect(await proxies.render(item, novaProfile, { small: 'RENDER' })).toMatchObject({
    kind: 'FAILED',
    reason: expect.stringContaining('exited with code: 7'),
  });

  const options = { database: null as never, profile: () => defaultModelImages, maxPixels: 1e6, log };
  const images = createImageStore({ ...options, pool, folder });
  expect(await images.add('a'.repeat(64), { rootPath: root, relativePath: 'exit.jpg' }, 'x')).toMatchObject({
    state: 'unreadable',
    code: 'TASK_LOST',
  });
});

it('a hash that takes its thread with it is an error of its file, and those of its batch are made', async () => {
  const { pool } = openStubbornPool();
  const root = await temporaryFolder();
  for (const name of ['a.bin', 'exit.bin', 'b.bin']) await writeFile(join(root, name), name);
  const hasher = createHasher({ pool, roots: () => ({ paths: [root], setting: 'MODEL_ROOTS' }) });
  const files = await Promise.all(['a.bin', 'exit.bin', 'b.bin'].map((name) => hasher.resolve(join(root, name))));
  expect(await hasher.hashSmall(files, signal)).toMatchObject([
    { ok: true, sha256: sha256Of('a.bin') },
    { ok: false, code: 'TASK_LOST' },
    { ok: true, sha256: sha256Of('b.bin') },
  ]);
  await expect(hasher.hash(join(root, 'exit.bin'), signal)).rejects.toMatchObject({
    code: 'FILE_NOT_HASHABLE',
    reason: 'TASK_LOST',
  });
});
