import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBatchPace } from '../../../src/base/async/batch-pace.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { createBulk } from '../../../src/library/bulk/bulk.ts';
import { createDeletionsLog } from '../../../src/library/catalogue/deletions-log.ts';
import { createJobs } from '../../../src/library/jobs/jobs.ts';
import { createRemoval } from '../../../src/library/removal/removal.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { compiledPath } from '../../support/compile-sources.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ignore = () => undefined;
const by = { requestedBy: 'ada' };
const idOf = (number: number) => encodePublicId('MediaItem', number);

const hiddenIn = async ({ prisma }: Database) =>
  (await prisma.mediaItem.findMany({ where: { shelf: { status: 'DELETED' } }, orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
const fieldOf = (asked: Promise<unknown>) => asked.catch((error: unknown) => (error as { field?: string }).field);

describeOnEachDatabase('A job over many items', (open) => {
  /** Sixty photos, the first sixty items, in batches of which each is told of. */
  async function start({
    count = 60,
    onBatch = () => {},
    mayDelete,
  }: { count?: number; onBatch?: (batch: number) => void; mayDelete?: Promise<void> } = {}) {
    const database = await open();
    const logFolder = await temporaryFolder();
    const forgotten: number[] = [];
    const photos = categoryOf({ key: 'photos', rootPath: await temporaryFolder() });
    const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
    const files = Array.from({ length: count }, (_, index) => ({ relativePath: `${index + 1}.jpg` }));
    await catalogueFiles(database, photos, files);
    let batches = 0;
    const run = () => {
      const jobs = createJobs({ database, log: { info: ignore, warn: ignore, error: ignore } });
      onTestFinished(() => jobs.close({ graceMs: 1_000 }));
      const categories = [photos, films];
      const log = { error: ignore };
      const shared = {
        database,
        mediaConfig: {
          current: () => ({ categories }) as never,
          findCategory: (key: string) => categories.find((category) => category.key === key),
        },
        roots: { recognise: async () => ({ state: 'ONLINE' }) as never },
        events: { publish: () => onBatch(++batches) },
      };
      const removal = createRemoval({
        ...shared,
        log,
        deletionsLog: createDeletionsLog({ database, folder: logFolder, log }),
        onRemoved: [async (items) => void forgotten.push(...items.map(({ id }) => id))],
      });
      const bulk = createBulk({
        ...shared,
        jobs,
        removal: {
          async deleteMany(ids, request) {
            await mayDelete;
            return removal.deleteMany(ids, request);
          },
        },
        onChanged: () => undefined,
        paceOf: () => createBatchPace({ targetMs: 1, smallest: 250, largest: 250, first: 250 }),
      });
      return { jobs, bulk };
    };
    const readLog = async () =>
      (await readFile(join(logFolder, 'media_deletions.log'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { path: string; previous_status: string; action: string });
    return { database, run, forgotten, readLog, ...run() };
  }

  it('changes what the filter meant when it was asked for, a batch at a time, and leaves the rest alone', async () => {
    const batches: number[] = [];
    const { database, bulk, jobs } = await start({ count: 600, onBatch: (batch) => batches.push(batch) });
    const selection = { filter: { categories: ['photos'] }, except: [idOf(2), idOf(600)] };
    const asked = await bulk.update(selection, { addTags: ['Sea', 'Été'], favourite: true, rating: 4 }, by);
    await catalogueFiles(database, categoryOf({ key: 'photos' }), [{ relativePath: 'later.jpg' }]);
    expect(await jobs.waitFor(asked)).toMatchObject({
      status: 'SUCCEEDED',
      result: { changed: 598, unchanged: 0, failed: 0 },
      progress: { done: 598, total: 598 },
    });
    const { prisma } = database;
    const untouched = await prisma.mediaItem.findMany({ where: { rating: null }, orderBy: { id: 'asc' } });
    expect(untouched.map(({ id }) => id)).toEqual([2, 600, 601]);
    expect(await prisma.mediaItem.findFirst({ where: { id: 599 }, include: { tags: true } })).toMatchObject({
      favourite: true,
      tagText: 'ete\nsea',
      tags: [{}, {}],
    });
    const again = await bulk.update({ filter: { tags: ['sea'] } }, { removeTags: ['SEA', 'été'], rating: null }, by);
    expect(await jobs.waitFor(again)).toMatchObject({ result: { changed: 598 } });
    expect(await prisma.mediaItem.count({ where: { tagText: null, rating: null, favourite: true } })).toBe(598);
    expect(await prisma.mediaTag.count()).toBe(0);
    expect(batches.length).toBeGreaterThan(4);
  });

  it('tells of each item that fails, does only those again, and goes on with the others', async () => {
    const { database, bulk, jobs } = await start();
    const { prisma } = database;
    await catalogueFiles(database, categoryOf({ key: 'films', mediaType: 'VIDEO' }), [{ relativePath: 'a.mp4' }]);
    const ids = [61, 1, 99, 1].map(idOf);
    const asked = await bulk.update({ ids }, { category: 'films', rating: 2 }, by);
    expect(await jobs.waitFor(asked)).toMatchObject({
      status: 'SUCCEEDED_WITH_ERRORS',
      result: { changed: 1, unchanged: 0, failed: 2 },
      progress: { done: 3, total: 3 },
    });
    const errorsOf = async (id: string) =>
      (await jobs.itemErrors(id, { count: 50, backward: false, cursor: null })).edges.map(({ node }) => [
        node.item,
        node.code,
      ]);
    expect(await errorsOf(asked.id)).toEqual([
      [idOf(1), 'INVALID_INPUT'],
      [idOf(99), 'MEDIA_NOT_FOUND'],
    ]);
    expect(await prisma.mediaItem.findMany({ where: { rating: 2 }, select: { id: true } })).toEqual([{ id: 61 }]);
    const again = await jobs.waitFor((await jobs.retry(asked.id)).id);
    expect(again).toMatchObject({ progress: { total: 2 }, result: { changed: 0, failed: 2 } });
  });

  it('refuses a selection and changes that make no sense, before there is a job', async () => {
    const { bulk, jobs } = await start();
    expect(await fieldOf(bulk.hide({}, by))).toBe('selection');
    expect(await fieldOf(bulk.hide({ ids: [idOf(1)], filter: {} }, by))).toBe('selection');
    expect(await fieldOf(bulk.hide({ ids: [] }, by))).toBe('selection.ids');
    expect(await fieldOf(bulk.hide({ ids: ['TW9kZWw6MQ'] }, by))).toBe('selection.ids');
    expect(await fieldOf(bulk.hide({ ids: [idOf(1)], except: [idOf(1)] }, by))).toBe('selection.except');
    expect(await fieldOf(bulk.hide({ filter: { sha256: 'x' } }, by))).toBe('selection.filter.sha256');
    await expect(bulk.hide({ filter: { categories: ['no'] } }, by)).rejects.toMatchObject({ code: 'UNKNOWN_CATEGORY' });
    const one = { ids: [idOf(1)] };
    expect(await fieldOf(bulk.update(one, {}, by))).toBe('changes');
    expect(await fieldOf(bulk.update(one, { rating: 6 }, by))).toBe('changes.rating');
    expect(await fieldOf(bulk.update(one, { addTags: ['a'], removeTags: ['A'] }, by))).toBe('changes.removeTags');
    await expect(bulk.update(one, { category: 'no' }, by)).rejects.toMatchObject({ code: 'UNKNOWN_CATEGORY' });
    expect((await jobs.list({}, { count: 10, backward: false, cursor: null })).edges).toEqual([]);
  });

  it('ends at once where nothing is meant', async () => {
    const { bulk, jobs } = await start();
    const none = { changed: 0, unchanged: 0, failed: 0 };
    for (const filter of [{ search: 'nowhere' }, { statuses: [] }, { tags: ['none'] }]) {
      const job = await jobs.waitFor(await bulk.hide({ filter }, by));
      expect(job).toMatchObject({ status: 'SUCCEEDED', result: none, progress: { done: 0, total: 0 } });
    }
  });

  it('hides what is brought back by its undo, also in another process, and nothing that another hid', async () => {
    const { database, bulk, jobs, run } = await start();
    const first = await jobs.waitFor(await bulk.hide({ ids: [1, 2, 3].map(idOf) }, by));
    const second = await jobs.waitFor(
      await bulk.hide({ filter: { search: '.jpg', createdAt: { gte: new Date(0) } } }, by),
    );
    expect(first.result).toEqual({ changed: 3, unchanged: 0, failed: 0 });
    expect(second.result).toEqual({ changed: 57, unchanged: 0, failed: 0 });
    const restored = await jobs.waitFor(await bulk.restore({ ids: [idOf(3), idOf(4)] }, by));
    expect(restored.result).toEqual({ changed: 2, unchanged: 0, failed: 0 });
    await jobs.close({ graceMs: 1_000 });

    const later = run();
    expect(await later.bulk.canUndo(second)).toBe(true);
    const undone = await later.jobs.waitFor(await later.bulk.undo(second.id, by));
    expect(undone.result).toEqual({ changed: 56, unchanged: 0, failed: 0 });
    expect(await hiddenIn(database)).toEqual([1, 2]);
    expect(await later.bulk.canUndo(second)).toBe(false);
    await expect(later.bulk.undo(second.id, by)).rejects.toMatchObject({ code: 'JOB_NOT_UNDOABLE' });
    await expect(later.bulk.undo(restored.id, by)).rejects.toMatchObject({ code: 'JOB_NOT_UNDOABLE' });
    await expect(later.bulk.undo('none', by)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    // Their files are not there.
    expect(await database.prisma.mediaItem.count({ where: { shelf: { status: 'MISSING' } } })).toBe(58);
    const all = await later.jobs.waitFor(await later.bulk.restore({ filter: {} }, by));
    expect(all.result).toEqual({ changed: 2, unchanged: 0, failed: 0 });
    expect(await hiddenIn(database)).toEqual([]);
  });

  it('is resumed after its process was killed, and undone as one', async () => {
    const { database, bulk, jobs } = await start({ count: 600 });
    const child = fork(compiledPath(new URL('killed-bulk-process.ts', import.meta.url)), [open.url()]);
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await hiddenIn(database)).toHaveLength(500);
    const [resumed] = await jobs.recover();
    expect(await jobs.waitFor(resumed!.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await hiddenIn(database)).toHaveLength(600);
    await jobs.waitFor(await bulk.undo(resumed!.id, by));
    expect(await hiddenIn(database)).toEqual([]);
  });

  it('goes on behind the last id that it kept, and tries again what had failed', async () => {
    const { database, jobs } = await start();
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    await database.prisma.job.create({
      data: {
        id: 'killed',
        kind: 'BULK',
        status: 'RUNNING',
        input: { action: { type: 'UPDATE', changes: { rating: 3 } }, selection: { highestId: 60, ids } },
        progress: { done: 40, total: 60, kept: { after: 40, changed: 38, unchanged: 0, failed: [5, 7] } },
        runner: `${hostname()}:999999999:gone`,
        heartbeatAt: new Date(),
      },
    });
    await jobs.recover();
    expect(await jobs.waitFor('killed')).toMatchObject({
      status: 'SUCCEEDED',
      result: { changed: 60, unchanged: 0, failed: 0 },
      progress: { done: 60, total: 60 },
    });
    const rated = await database.prisma.mediaItem.findMany({ where: { rating: 3 }, orderBy: { id: 'asc' } });
    expect(rated.map(({ id }) => id)).toEqual([5, 7, ...ids.slice(40)]);
  });

  it('stops when it is cancelled, and what it did can be undone', async () => {
    let cancelled: Promise<unknown> = Promise.resolve();
    let id = '';
    const { database, bulk, jobs } = await start({
      count: 600,
      onBatch: (batch) => void (batch === 1 && (cancelled = jobs.cancel(id))),
    });
    const asked = await bulk.hide({ filter: {} }, by);
    id = asked.id;
    const ended = await jobs.waitFor(asked);
    await cancelled;
    expect(ended.status).toBe('CANCELLED');
    const hidden = await hiddenIn(database);
    expect(ended.result?.changed).toBe(hidden.length);
    expect(hidden.length).toBeLessThan(600);
    await jobs.waitFor(await bulk.undo(asked.id, by));
    expect(await hiddenIn(database)).toEqual([]);
  });

  it('deletes for good what it was asked for with its count, and nothing that came to be meant since', async () => {
    const gate = new EventEmitter();
    const mayDelete = once(gate, 'open').then(ignore);
    const { database, bulk, jobs, forgotten, readLog } = await start({ count: 300, mayDelete });
    const { prisma } = database;
    await prisma.mediaItem.updateMany({ where: { id: { lte: 280 } }, data: { favourite: true } });
    const asked = { filter: { favourite: true }, except: [idOf(280)] };
    const rows = { removeFiles: false };
    await expect(bulk.delete(asked, { ...rows, expectedCount: 278 }, by)).rejects.toMatchObject({
      code: 'SELECTION_NOT_CONFIRMED',
      expectedCount: 278,
      count: 279,
    });
    await expect(bulk.delete(asked, { ...rows, expectedCount: null }, by)).rejects.toMatchObject({ count: 279 });
    expect(await bulk.count(asked)).toBe(279);
    const job = await bulk.delete(asked, { ...rows, expectedCount: 279 }, by);
    // One of the second batch is not meant any more when its turn comes, and one has come to be meant.
    await prisma.mediaItem.update({ where: { id: 270 }, data: { favourite: false } });
    await prisma.mediaItem.update({ where: { id: 290 }, data: { favourite: true } });
    gate.emit('open');
    expect(await jobs.waitFor(job)).toMatchObject({
      status: 'SUCCEEDED',
      result: { changed: 278, unchanged: 0, failed: 0 },
      progress: { done: 278, total: 278 },
    });
    const left = await prisma.mediaItem.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
    expect(left.map(({ id }) => id)).toEqual([270, ...Array.from({ length: 21 }, (_, index) => 280 + index)]);
    expect(forgotten).toHaveLength(278);
    const log = await readLog();
    expect(log).toHaveLength(278);
    expect(log[0]).toMatchObject({ path: '1.jpg', previous_status: 'available', action: 'deleted' });
    expect(await bulk.canUndo(job)).toBe(false);
    await expect(bulk.undo(job.id, by)).rejects.toMatchObject({ code: 'JOB_NOT_UNDOABLE' });
  });

  it('looks at each item when its turn comes, also when its process stopped in between', async () => {
    let stopped: Promise<unknown> = Promise.resolve();
    const { database, bulk, jobs, run } = await start({
      count: 600,
      onBatch: (batch) => void (batch === 1 && (stopped = jobs.close({ graceMs: 10_000 }))),
    });
    const { prisma } = database;
    await prisma.mediaItem.updateMany({ where: { id: { lte: 590 } }, data: { favourite: true } });
    const asked = await bulk.update({ filter: { favourite: true } }, { rating: 5 }, by);
    for await (const job of jobs.watch(asked)) if (job.progress.done > 0) break;
    await stopped;
    expect(await prisma.mediaItem.count({ where: { rating: 5 } })).toBe(250);
    // One of those that are left does not meet the filter any more, one does by now, and one that was done is another's since.
    await prisma.mediaItem.update({ where: { id: 400 }, data: { favourite: false } });
    await prisma.mediaItem.update({ where: { id: 595 }, data: { favourite: true } });
    await prisma.mediaItem.update({ where: { id: 1 }, data: { rating: 1 } });
    const later = run();
    await later.jobs.recover();
    expect(await later.jobs.waitFor(asked)).toMatchObject({
      status: 'SUCCEEDED',
      result: { changed: 590, unchanged: 0, failed: 0 },
    });
    const others = await prisma.mediaItem.findMany({ where: { NOT: { rating: 5 } }, select: { id: true } });
    const unrated = await prisma.mediaItem.findMany({ where: { rating: null }, select: { id: true } });
    expect(others).toEqual([{ id: 1 }]);
    expect(unrated.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual([
      400, 591, 592, 593, 594, 596, 597, 598, 599, 600,
    ]);
  });

  it('leaves every item whole where two jobs have the same ones, and each undo brings back what its job hid', async () => {
    const { database, bulk, jobs } = await start({ count: 600 });
    const all = { filter: { statuses: ['AVAILABLE', 'DELETED'] as const } };
    const asked = await Promise.all([
      bulk.update(all, { addTags: ['a', 'shared'], rating: 1 }, by),
      bulk.update(all, { addTags: ['b', 'shared'], favourite: true }, by),
      bulk.hide({ filter: {} }, by),
      bulk.hide({ filter: {} }, by),
    ]);
    const ended = await Promise.all(asked.map((job) => jobs.waitFor(job)));
    expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'SUCCEEDED'));
    const { prisma } = database;
    const whole = { rating: 1, favourite: true, tagText: 'a\nb\nshared' };
    expect(await prisma.mediaItem.count({ where: whole })).toBe(600);
    expect(await prisma.mediaItemTag.count()).toBe(1800);
    const hides = ended.slice(2);
    expect(hides.reduce((sum, { result }) => sum + (result?.changed ?? 0), 0)).toBe(600);
    expect(await hiddenIn(database)).toHaveLength(600);
    for (const job of hides) if (await bulk.canUndo(job)) await jobs.waitFor(await bulk.undo(job.id, by));
    expect(await hiddenIn(database)).toEqual([]);
    expect(await prisma.mediaItem.count({ where: whole })).toBe(600);
  });
});
