import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { ServiceBusyError } from '../../../src/base/errors/domain-error.ts';
import { StorageError } from '../../../src/base/errors/storage-error.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { openHashLibrary } from './hash-library.ts';

const { signal } = new AbortController();
const large = 5 * 1024 ** 2;
const nothing = { total: 0, hashed: 0, migrated: 0, conflicts: 0, missing: 0, errors: 0, bytesHashed: 0 };

describeOnEachDatabase('A hash job', (open) => {
  it('counts a file as missing that goes after its path was resolved, and hashes the others', async () => {
    const library = await openHashLibrary(await open(), {
      hasher: ({ resolve }) => ({
        async resolve(path) {
          const file = await resolve(path);
          if (path.endsWith('goes.bin')) await rm(path);
          return file;
        },
      }),
    });
    for (const [index, name] of ['a.bin', 'goes.bin', 'b.bin'].entries()) await library.addPending(index + 1, name);
    expect(await library.run()).toMatchObject({
      job: { status: 'SUCCEEDED_WITH_ERRORS' },
      report: { ...nothing, total: 3, hashed: 2, migrated: 2, missing: 1, bytesHashed: 10 },
      itemErrors: ['FILE_NOT_FOUND models/goes.bin'],
    });
  });

  it('counts a file once whose record cannot be stored, small or large, and goes on', async () => {
    const failures: Record<string, Error> = {
      'full.bin': new StorageError('The disk is full.'),
      'large.bin': new ServiceBusyError('Another process writes.'),
    };
    const library = await openHashLibrary(await open(), {
      pending: ({ settle }) => ({
        async settle(hashed, strategy) {
          const failure = Object.entries(failures).find(([name]) => hashed.path.endsWith(name))?.[1];
          if (failure !== undefined) throw failure;
          return settle(hashed, strategy);
        },
      }),
    });
    await library.addPending(1, 'full.bin');
    await library.addPending(2, 'large.bin', Buffer.alloc(large));
    await library.addPending(3, 'fine.bin');
    const { job, report, itemErrors } = await library.run();
    expect(report).toEqual({ ...nothing, total: 3, hashed: 1, migrated: 1, errors: 2, bytesHashed: 8 });
    expect(itemErrors).toEqual(['SERVICE_BUSY models/large.bin', 'STORAGE_ERROR models/full.bin']);
    expect(job).toMatchObject({ status: 'SUCCEEDED_WITH_ERRORS', progress: { done: 3, total: 3 } });
  });

  it('keeps its report where pictures cannot be moved, tells of them, and tries them again in a retry', async () => {
    let isFull = true;
    const library = await openHashLibrary(await open(), {
      pending: () => ({
        async settlePictures() {
          if (isFull) throw new StorageError('The disk is full.');
        },
      }),
    });
    const path = await library.addPending(1, 'a.bin');
    const { job, report, itemErrors } = await library.run();
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(report).toEqual({ ...nothing, total: 1, hashed: 1, migrated: 1, bytesHashed: 5 });
    expect(itemErrors).toEqual(['STORAGE_ERROR pictures']);
    const again = await library.jobs.waitFor((await library.jobs.retry(job.id)).id);
    expect(await library.read(again)).toMatchObject({ report: nothing, itemErrors: ['STORAGE_ERROR pictures'] });
    isFull = false;
    const last = await library.jobs.waitFor((await library.jobs.retry(again.id)).id);
    expect(await library.read(last)).toMatchObject({ job: { status: 'SUCCEEDED' }, report: nothing, itemErrors: [] });
    const request = { path, pendingStatus: 'PENDING', conflictStrategy: 'REPORT' } as const;
    expect(await library.hashing.calculate(request, signal)).toMatchObject({ migrated: false });
  });

  it('leaves a single calculation its answer where pictures cannot be moved', async () => {
    const library = await openHashLibrary(await open(), {
      pending: () => ({
        async settlePictures() {
          throw new StorageError('The disk is full.');
        },
      }),
    });
    const path = await library.addPending(1, 'a.bin');
    const request = { path, pendingStatus: 'PENDING', conflictStrategy: 'REPORT' } as const;
    expect(await library.hashing.calculate(request, signal)).toEqual({
      sha256: sha256Of('a.bin'),
      sizeBytes: 5,
      mediaId: null,
      migrated: true,
    });
  });

  it('hashes the media items without a hash after the pending imports, up to its limit', async () => {
    const database = await open();
    const library = await openHashLibrary(database);
    await library.addPending(1, 'model.bin');
    await library.addPhotos({ 'a.jpg': 'a', 'b.jpg': 'bb', 'gone.jpg': null, 'c.jpg': 'ccc' });
    expect(await library.run({ limit: 1 })).toMatchObject({
      report: { ...nothing, total: 1, hashed: 1, migrated: 1, bytesHashed: 9 },
    });
    expect(await hashesIn(database)).toEqual({ 'a.jpg': null, 'b.jpg': null, 'c.jpg': null, 'gone.jpg': null });
    expect(await library.run()).toMatchObject({ report: nothing });
    const second = await library.run({ includesMedia: true, limit: 3 });
    expect(second.report).toEqual({ ...nothing, total: 3, hashed: 2, missing: 1, bytesHashed: 3 });
    expect(second.itemErrors).toEqual(['FILE_NOT_FOUND photos/gone.jpg']);
    expect(second.job.progress).toMatchObject({ done: 3, total: 3 });
    const [a, b, c] = ['a', 'bb', 'ccc'].map(sha256Of);
    expect(await hashesIn(database)).toEqual({ 'a.jpg': a, 'b.jpg': b, 'c.jpg': null, 'gone.jpg': null });
    await library.addPhotos({ 'gone.jpg': 'back' });
    const again = await library.jobs.waitFor((await library.jobs.retry(second.job.id)).id);
    expect(again.result).toEqual({ ...nothing, total: 1, hashed: 1, bytesHashed: 4 });
    expect(await library.run({ includesMedia: true })).toMatchObject({
      report: { ...nothing, total: 1, hashed: 1, bytesHashed: 3 },
    });
    expect(await hashesIn(database)).toEqual({ 'a.jpg': a, 'b.jpg': b, 'c.jpg': c, 'gone.jpg': sha256Of('back') });
  });

  it('hashes the pending imports that are named and no others, and tells of conflicts', async () => {
    const database = await open();
    const library = await openHashLibrary(database);
    for (const id of [1, 2, 3, 4]) await library.addPending(id, `${id}.bin`, id < 3 ? 'the same' : `no ${id}`);
    const first = await library.run({ ids: [1, 2, 4, 99] });
    expect(first.report).toEqual({ ...nothing, total: 3, hashed: 3, migrated: 2, conflicts: 1, bytesHashed: 20 });
    expect(first.itemErrors).toEqual([expect.stringMatching(/^MODEL_CONFLICT models.[12].bin$/)]);
    expect(await database.prisma.pendingImport.count()).toBe(2);
    const merged = await library.run({ ids: [1, 2, 3], limit: 1, conflictStrategy: 'MERGE' });
    expect(merged.report).toEqual({ ...nothing, total: 1, hashed: 1, migrated: 1, bytesHashed: 8 });
    expect(await database.prisma.pendingImport.findMany({ select: { id: true } })).toEqual([{ id: 3 }]);
  });

  it('shows the bytes of a large file while it hashes it', async () => {
    const shown: number[] = [];
    const library = await openHashLibrary(await open(), {
      hasher: ({ hash }) => ({
        hash: (path, stop, onBytes) =>
          hash(path, stop, (bytes) => {
            onBytes?.(bytes);
            shown.push(bytes);
          }),
      }),
    });
    await library.addPhotos({ 'large.jpg': Buffer.alloc(300 * 1024 ** 2), 'small.jpg': 'small' });
    const { id } = await library.hashing.start({ includesMedia: true });
    const seen: number[] = [];
    for await (const { progress } of library.jobs.watch(id)) seen.push(progress.bytesDone);
    expect(shown.reduce((sum, bytes) => sum + bytes, 0)).toBe(300 * 1024 ** 2);
    expect(seen.at(-1)).toBe(300 * 1024 ** 2 + 5);
    expect(seen.some((bytes) => bytes > 5 && bytes < 300 * 1024 ** 2)).toBe(true);
  });

  it('does nothing more once it has failed', async () => {
    const database = await open();
    const settled: string[] = [];
    const library = await openHashLibrary(database, {
      concurrency: 1,
      pending: ({ settle }) => ({
        async settle(hashed, strategy) {
          settled.push(hashed.path);
          if (settled.length === 2) throw new TypeError('a defect');
          return settle(hashed, strategy);
        },
      }),
    });
    for (let id = 1; id <= 120; id += 1) await library.addPending(id, `${id}.bin`);
    const { job } = await library.run();
    expect(job.status).toBe('FAILED');
    await rest();
    expect(settled).toHaveLength(2);
    expect(await database.prisma.pendingImport.count()).toBe(119);
  });

  it('does nothing more once it is cancelled', async () => {
    const database = await open();
    const settled: string[] = [];
    const hashed: string[] = [];
    let cancelling: Promise<unknown> | undefined;
    const library = await openHashLibrary(database, {
      hasher: ({ hash }) => ({
        async hash(path, ...rest) {
          hashed.push(path);
          return hash(path, ...rest);
        },
      }),
      pending: ({ settle }) => ({
        async settle(...given) {
          settled.push(given[0].path);
          if (settled.length >= 2) await (cancelling ??= library.jobs.cancel(id));
          return settle(...given);
        },
      }),
    });
    for (let id = 1; id <= 10; id += 1) await library.addPending(id, `${id}.bin`, Buffer.alloc(id === 1 ? large : id));
    for (let id = 11; id <= 20; id += 1) await library.addPending(id, `${id}.bin`, Buffer.alloc(large + id));
    const { id } = await library.hashing.start({ conflictStrategy: 'MERGE' });
    const { status } = await library.jobs.waitFor(id);
    expect(status).toBe('CANCELLED');
    const atTheEnd = [settled.length, hashed.length];
    await rest();
    expect([settled.length, hashed.length]).toEqual(atTheEnd);
    expect(settled.length).toBeLessThan(6);
    expect(await pendingIn(database)).toBeGreaterThan(14);
  });
});

/** Long enough for what should not go on. */
async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
}

async function pendingIn({ prisma }: Database): Promise<number> {
  return prisma.pendingImport.count();
}

async function hashesIn({ prisma }: Database): Promise<Record<string, string | null>> {
  const items = await prisma.mediaItem.findMany({ select: { relativePath: true, sha256: true } });
  return Object.fromEntries(items.map(({ relativePath, sha256 }) => [relativePath, sha256]));
}
