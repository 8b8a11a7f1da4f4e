import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { StorageError } from '../../../src/base/errors/storage-error.ts';
import { untilAborted } from '../jobs/test-jobs.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { openHashLibrary } from './hash-library.ts';

const nothing = { total: 0, hashed: 0, migrated: 0, conflicts: 0, missing: 0, errors: 0, bytesHashed: 0 };

describeOnEachDatabase('A hash job that goes on after its process has ended', (open) => {
  it.each([null, 7])('comes after the end of its process to the counts of an unbroken one, limit %s', async (limit) => {
    const database = await open();
    let settled = 0;
    const stop = new AbortController();
    const library = await openHashLibrary(database, {
      concurrency: 1,
      pending: ({ settle }) => ({
        async settle(...given) {
          settled += 1;
          if (settled === 5) stop.abort();
          return settle(...given);
        },
      }),
    });
    await library.addPending(1, 'conflict.bin', '2.bin');
    for (let id = 2; id <= 9; id += 1) await library.addPending(id, `${id}.bin`);
    await rm(await library.addPending(10, 'gone.bin'));
    await database.prisma.model.create({
      data: { sha256: sha256Of('2.bin'), path: '/m/a.bin', createdAt: new Date(), meta: {}, searchText: '' },
    });
    await library.addPhotos({ 'a.jpg': 'a' });
    const { id } = await library.hashing.start({ includesMedia: true, limit });
    await untilAborted(stop.signal);
    await library.jobs.close({ graceMs: 1_000 });
    expect(await database.prisma.job.findUnique({ where: { id } })).toMatchObject({ status: 'QUEUED', result: null });
    const next = await openHashLibrary(database, { folder: library.folder });
    await next.jobs.recover();
    const { job, report, itemErrors } = await next.read(await next.jobs.waitFor(id));
    const conflicts = ['MODEL_CONFLICT models/2.bin', 'MODEL_CONFLICT models/conflict.bin'];
    const limited = { ...nothing, total: 7, hashed: 7, migrated: 5, conflicts: 2, bytesHashed: 35 };
    const whole = { ...nothing, total: 11, hashed: 10, migrated: 7, conflicts: 2, missing: 1, bytesHashed: 46 };
    expect(report).toEqual(limit === null ? whole : limited);
    expect(itemErrors).toEqual(limit === null ? ['FILE_NOT_FOUND models/gone.bin', ...conflicts] : conflicts);
    expect(job.progress).toMatchObject({ done: report?.total, total: report?.total });
  });

  it('leaves out what was done before, in a retry that goes on after its process has ended', async () => {
    const database = await open();
    const stop = new AbortController();
    let isDown = true;
    const library = await openHashLibrary(database, {
      concurrency: 1,
      pending: ({ settle }) => ({
        async settle(...given) {
          if (isDown) throw new StorageError('The disk is full.');
          if (given[0].path.endsWith('2.bin')) stop.abort();
          return settle(...given);
        },
      }),
    });
    for (const id of [1, 2, 3]) await library.addPending(id, `${id}.bin`);
    const { job: failed, report } = await library.run();
    expect(report).toEqual({ ...nothing, total: 3, errors: 3 });
    isDown = false;
    const { id } = await library.jobs.retry(failed.id);
    await untilAborted(stop.signal);
    await library.jobs.close({ graceMs: 1_000 });
    const next = await openHashLibrary(database, { folder: library.folder });
    await next.jobs.recover();
    const { result } = await next.jobs.waitFor(id);
    expect(result).toEqual({ ...nothing, total: 3, hashed: 3, migrated: 3, bytesHashed: 15 });
  });
});
