import { setMaxListeners } from 'node:events';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AllowedPath } from '../../../src/library/hashing/allowed-path.ts';
import { createHasher, type HashPool } from '../../../src/library/hashing/hasher.ts';
import { createHashMeter } from '../../../src/library/hashing/hash-control.ts';
import { hashFiles, type HashInput } from '../../../src/library/hashing/hash-files.task.ts';
import { createMockHasher } from '../../../src/library/hashing/mock-hasher.ts';
import { createWorkerPool } from '../../../src/library/workers/worker-pool.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();
setMaxListeners(0, signal);

/** Hashes in this thread, and remembers what it was asked for. */
function recordingPool(): HashPool & { inputs: HashInput[] } {
  const inputs: HashInput[] = [];
  return {
    inputs,
    threads: 2,
    async run(_name, input) {
      inputs.push(input);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return hashFiles(input);
    },
  };
}

async function open(pool: HashPool) {
  const folder = await realpath(await temporaryFolder());
  return { folder, hasher: createHasher({ pool, roots: () => ({ paths: [folder], setting: 'MODEL_ROOTS' }) }) };
}

it('hashes a file once that many ask for at once, by whatever path', async () => {
  const pool = recordingPool();
  const { folder, hasher } = await open(pool);
  await writeFiles(folder, ['a.bin']);
  await mkdir(join(folder, 'x'));
  const paths = Array.from({ length: 20 }, (_, n) => join(folder, n % 2 === 0 ? 'a.bin' : 'x/../a.bin'));
  const hashes = await Promise.all(paths.map((path) => hasher.hash(path, signal)));
  expect(new Set(hashes.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of('a.bin')]));
  expect(pool.inputs).toHaveLength(1);
  await hasher.hash(join(folder, 'a.bin'), signal);
  expect(pool.inputs).toHaveLength(2);
});

it('hashes a small file once that several tasks, or a task and a single caller, ask for at once', async () => {
  const pool = recordingPool();
  const { folder, hasher } = await open(pool);
  const names = Array.from({ length: 60 }, (_, n) => `${n}.bin`);
  await writeFiles(folder, names);
  const files = await Promise.all(names.map((name) => hasher.resolve(join(folder, name))));
  const single = hasher.hash(join(folder, '3.bin'), signal);
  await expect.poll(() => pool.inputs.length, { interval: 1 }).toBe(1);
  const [first, second, twice, last] = await Promise.all([
    hasher.hashSmall(files.slice(0, 40), signal),
    hasher.hashSmall(files.slice(20), signal),
    hasher.hashSmall([files[50], files[50], files[3]] as AllowedPath[], signal),
    hasher.hash(join(folder, '59.bin'), signal),
  ]);
  const hashes = names.map((name) => sha256Of(name));
  expect(first.map((result) => result.ok && result.sha256)).toEqual(hashes.slice(0, 40));
  expect(second.map((result) => result.ok && result.sha256)).toEqual(hashes.slice(20));
  expect(twice.map((result) => result.ok && result.sha256)).toEqual([hashes[50], hashes[50], hashes[3]]);
  expect([(await single).sha256, last.sha256]).toEqual([hashes[3], hashes[59]]);
  // One file, then as many as are left in a task.
  expect(pool.inputs.map((input) => input.files.length)).toEqual([1, 39, 20]);
});

it('stops a task when all that wait for its files have left, and not before', async () => {
  const pool = recordingPool();
  const { folder, hasher } = await open(pool);
  await writeFiles(folder, ['a.bin', 'b.bin']);
  const files = await Promise.all(['a.bin', 'b.bin'].map((name) => hasher.resolve(join(folder, name))));
  const job = new AbortController();
  const leaving = hasher.hashSmall(files, job.signal);
  const staying = hasher.hashSmall(files.slice(1), signal);
  await expect.poll(() => pool.inputs.length, { interval: 1 }).toBe(1);
  job.abort(new Error('the job has ended'));
  await expect(leaving).rejects.toThrow('the job has ended');
  expect(await staying).toMatchObject([{ sha256: sha256Of('b.bin') }]);
  expect(pool.inputs.map(({ memory }) => createHashMeter(memory).isStopped())).toEqual([false]);
  const another = new AbortController();
  const alone = hasher.hashSmall(files, another.signal);
  await expect.poll(() => pool.inputs.length, { interval: 1 }).toBe(2);
  another.abort(new Error('left as well'));
  await expect(alone).rejects.toThrow('left as well');
  expect(pool.inputs.map(({ memory }) => createHashMeter(memory).isStopped())).toEqual([false, true]);
});

it('goes on for those that stay when one caller leaves, and stops when the last one has', async () => {
  const pool = createWorkerPool();
  onTestFinished(() => pool.close());
  const { folder, hasher } = await open(pool);
  const path = join(folder, 'large.bin');
  await writeFile(path, Buffer.alloc(300_000_000));
  const [first, second] = [new AbortController(), new AbortController()];
  let bytes = 0;
  const hashing = [first, second].map((caller) => hasher.hash(path, caller.signal, (count) => (bytes += count)));
  const outcomes = Promise.allSettled(hashing);
  await expect.poll(() => bytes, { interval: 10 }).toBeGreaterThan(0);
  first.abort(new Error('first left'));
  await expect(hashing[0]).rejects.toThrow('first left');
  second.abort(new Error('second left'));
  await expect(hashing[1]).rejects.toThrow('second left');
  await outcomes;
  expect(bytes).toBeLessThan(300_000_000);
  expect(await hasher.hash(path, signal)).toMatchObject({ sizeBytes: 300_000_000 });
});

it('tells each task whether others are at work', async () => {
  const started: { isAlone: () => boolean; end: () => void }[] = [];
  const pool: HashPool = {
    threads: 2,
    run: (_name, { memory }) =>
      new Promise((resolve) => {
        const end = () => resolve([{ ok: true, sha256: '', sizeBytes: 0, modifiedNs: '0' }]);
        started.push({ isAlone: createHashMeter(memory).isAlone, end });
      }),
  };
  const { folder, hasher } = await open(pool);
  await writeFiles(folder, ['a.bin', 'b.bin']);
  const first = hasher.hash(join(folder, 'a.bin'), signal);
  await expect.poll(() => started.map(({ isAlone }) => isAlone()), { interval: 1 }).toEqual([true]);
  const second = hasher.hash(join(folder, 'b.bin'), signal);
  await expect.poll(() => started.map(({ isAlone }) => isAlone()), { interval: 1 }).toEqual([false, false]);
  started[0]?.end();
  await first;
  expect(started[1]?.isAlone()).toBe(true);
  started[1]?.end();
  await second;
});

it('says what is wrong with what cannot be hashed', async () => {
  const { folder, hasher } = await open(recordingPool());
  await expect(hasher.hash(folder, signal)).rejects.toMatchObject({
    code: 'FILE_NOT_HASHABLE',
    reason: 'NOT_A_REGULAR_FILE',
  });
  await expect(hasher.hash(join(folder, 'gone.bin'), signal)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(hasher.hash('/etc/passwd', signal)).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
});

it('gives up a file of which nothing can be read any more, and none that waits for a thread', async () => {
  const still: HashPool = {
    threads: 1,
    run: (_name, input, { signal: given }) =>
      new Promise((_resolve, reject) => {
        createHashMeter(input.memory).beat();
        given.addEventListener('abort', () => reject(given.reason as Error));
      }),
  };
  const { folder } = await open(still);
  await writeFiles(folder, ['a.bin']);
  const options = { roots: () => ({ paths: [folder], setting: 'MODEL_ROOTS' }), stallMs: 50 };
  await expect(createHasher({ ...options, pool: still }).hash(join(folder, 'a.bin'), signal)).rejects.toMatchObject({
    code: 'FILE_NOT_HASHABLE',
    reason: 'TASK_LOST',
    message: 'Nothing could be read of it for 0.05 seconds, and it was given up.',
  });
  const late: HashPool = {
    threads: 1,
    async run(_name, input, { signal: given }) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      given.throwIfAborted();
      return hashFiles(input);
    },
  };
  expect(await createHasher({ ...options, pool: late }).hash(join(folder, 'a.bin'), signal)).toMatchObject({
    sha256: sha256Of('a.bin'),
  });
});

it('makes up hashes of shadow files alone, and takes the known one for a known name', async () => {
  const pool = recordingPool();
  const { folder, hasher } = await open(pool);
  await writeFiles(folder, ['shadow_known.bin', 'shadow_new.bin', 'real.bin', 'shadow_real.bin']);
  const known = sha256Of('the real one');
  const mock = createMockHasher({ hasher, findHash: async (name) => (name === 'known.bin' ? known : null) });
  const hash = async (name: string) => (await mock.hash(join(folder, name), signal)).sha256;
  expect(await hash('shadow_known.bin')).toBe(known);
  expect(await hash('known.bin')).toBe(known);
  expect(await hash('new.bin')).toBe(sha256Of('dummy_salt_new.bin'));
  expect(await hash('real.bin')).toBe(sha256Of('real.bin'));
  const files = await Promise.all(['new.bin', 'real.bin'].map((name) => mock.resolve(join(folder, name))));
  expect(await mock.hashSmall(files, signal)).toMatchObject([
    { ok: true, sha256: sha256Of('dummy_salt_new.bin') },
    { ok: true, sha256: sha256Of('real.bin') },
  ]);
  await expect(hash('gone.bin')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
