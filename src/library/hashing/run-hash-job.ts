import { escapeName, unescapeName } from '../../base/files/escape-name.ts';
import { setMaxListeners } from 'node:events';
import { stat } from 'node:fs/promises';
import PQueue from 'p-queue';
import { inBatches } from '../../base/async/in-batches.ts';
import type { Database } from '../../base/database/database.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { toFileError } from '../../base/files/file-errors.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { AllowedPath } from './allowed-path.ts';
import type { CataloguedHashes, HashedEntry } from './catalogued-hashes.ts';
import { toError, type Hasher } from './hasher.ts';
import type { HashResult } from './hash-files.task.ts';
import { estimateHashing } from './estimate-hashing.ts';
import { readHashTargets, type HashScope } from './hash-targets.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { ConflictStrategy, PendingRecords, Settlement } from './pending-records.ts';
import { describeConflict } from './model-conflict.ts';
import { settlePictures } from './settle-pictures.ts';

interface HashInput extends HashScope {
  conflictStrategy: ConflictStrategy;
}

export interface HashReport {
  total: number;
  hashed: number;
  migrated: number;
  conflicts: number;
  missing: number;
  errors: number;
  bytesHashed: number;
}

declare module '../jobs/job-record.ts' {
  interface JobKinds {
    HASH: { input: HashInput; result: HashReport };
  }
}

export interface HashJobOptions {
  database: Database;
  hasher: Hasher;
  catalogued: CataloguedHashes;
  pending: PendingRecords;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  /** How many tasks, each with one large file or many small ones, run side by side. */
  concurrency: number;
}

/** Up to this size the round trip to a worker costs more than the hashing, so one task takes many files. */
const maxSmallBytes = 4 * 1024 * 1024;
const filesPerTask = 50;

/** The item of a job's error that concerns pictures; all other items are absolute paths. */
const picturesItem = 'pictures';

/**
 * Counts of what a job has finished for good: no later run finds it waiting, so each run keeps the counts for the next
 * one. What failed, or stays as it is because of a conflict, is done and counted again.
 */
type HashesDone = Pick<HashReport, 'hashed' | 'migrated' | 'bytesHashed'>;

/**
 * Creates the handler of jobs that hash the files without a hash. A job that runs again after a kill goes on with the
 * counts and the limit of the earlier run; what that run finished in its last second may be missing from them.
 */
export function createHashHandler(options: HashJobOptions): JobHandler<'HASH'> {
  return {
    kind: 'HASH',
    // Jobs of earlier versions have the paths themselves.
    retryInput: (input, failedItems) => ({
      ...input,
      paths: failedItems.filter((item) => item !== picturesItem).map((item) => unescapeName(item) ?? item),
    }),
    run: (context) => runHashJob(options, context),
  };
}

async function runHashJob(options: HashJobOptions, context: JobContext<'HASH'>): Promise<HashReport> {
  const { input, signal, progress, kept } = context;
  const done: HashesDone = { hashed: 0, migrated: 0, bytesHashed: 0, ...kept };
  const report: HashReport = { total: done.hashed, conflicts: 0, missing: 0, errors: 0, ...done };
  progress.start(await estimateHashing(options.database, input, done));
  progress.advance({ done: done.hashed, bytes: done.bytesHashed });
  const hashPage = createPageHasher(options, context, { report, done });
  const limit = input.limit === null ? null : Math.max(0, input.limit - done.hashed);
  for await (const paths of readHashTargets(options, { ...input, limit })) {
    signal.throwIfAborted();
    report.total += paths.length;
    await hashPage(paths);
  }
  const failure = await settlePictures(options.pending);
  if (failure !== null) context.reportItemError({ item: picturesItem, code: failure.code, message: failure.message });
  progress.start({ total: report.total, bytesTotal: report.bytesHashed });
  return report;
}

interface Target {
  path: string;
  file: AllowedPath;
  sizeBytes: number;
}

/**
 * Returns the function that hashes the files of a page side by side and counts the outcomes in the report. Once it has
 * ended, in whatever way, no task of the page is running any more.
 */
function createPageHasher(
  { hasher, catalogued, pending, concurrency }: HashJobOptions,
  { input, signal, progress, reportItemError, keep }: JobContext<'HASH'>,
  { report, done }: { report: HashReport; done: HashesDone },
): (paths: readonly string[]) => Promise<void> {
  const queue = new PQueue({ concurrency });
  const failure = new AbortController();
  const ended = AbortSignal.any([signal, failure.signal]);
  setMaxListeners(0, ended); // each file adds a listener

  async function find(path: string): Promise<Target | null> {
    return orFail([path], async () => {
      const file = await hasher.resolve(path);
      return { path, file, sizeBytes: await sizeOf(path, file) };
    });
  }

  async function hashLarge({ path }: Target): Promise<void> {
    progress.advance({ currentItem: escapeName(path) });
    const hashed = await orFail([path], () => hasher.hash(path, ended, (bytes) => progress.advance({ bytes })));
    if (hashed !== null) await record([{ ...hashed, path }]);
  }

  async function hashSmall(targets: readonly Target[]): Promise<void> {
    const files = targets.map(({ file }) => file);
    const results = await hasher.hashSmall(files, ended);
    const hashed: HashedEntry[] = [];
    for (const [index, { path, file }] of targets.entries()) {
      const result = results[index] as HashResult;
      if (result.ok) {
        hashed.push({ ...result, path, realPath: file.realPath });
        progress.advance({ bytes: result.sizeBytes, currentItem: path });
      } else fail(path, toError(path, result));
    }
    await record(hashed);
  }

  /** Each file counts once: as hashed when all that follows from its hash is stored, else as an error. */
  async function record(entries: readonly HashedEntry[]): Promise<void> {
    const paths = entries.map(({ path }) => path);
    const found = await orFail(paths, async () => ({
      media: await catalogued.record(entries),
      waiting: await pending.among(entries.flatMap(({ path, realPath }) => [path, realPath])),
    }));
    if (found === null) return;
    for (const entry of entries) {
      ended.throwIfAborted();
      const isPending = found.waiting.has(entry.path) || found.waiting.has(entry.realPath);
      const outcome = isPending ? await orFail([entry.path], () => settle(entry)) : 'NONE';
      if (outcome === null) continue;
      count(report, entry, outcome);
      const waitsOn = isPending
        ? outcome === 'CONFLICT' || outcome === 'IGNORED'
        : found.media.get(entry.path)?.hasHash === false;
      if (!waitsOn) count(done, entry, outcome);
      keep({ ...done });
      progress.advance({ done: 1 });
    }
  }

  async function settle(entry: HashedEntry): Promise<Settlement['outcome']> {
    const settlement = await pending.settle(entry, input.conflictStrategy);
    if (settlement.outcome !== 'CONFLICT') return settlement.outcome;
    report.conflicts += 1;
    reportItemError({ item: escapeName(entry.path), ...describeConflict(entry.sha256, settlement.pendingId) });
    return 'CONFLICT';
  }

  /** Returns null where it failed for the files at these paths; the failure is then reported and counted. */
  async function orFail<Result>(paths: readonly string[], act: () => Promise<Result>): Promise<Result | null> {
    try {
      return await act();
    } catch (error) {
      for (const path of paths) fail(path, error);
      return null;
    }
  }

  /** Reports and counts a failure. Throws what is no fault of the file, such as the end of the job. */
  function fail(path: string, error: unknown): void {
    ended.throwIfAborted();
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'FILE_NOT_FOUND') report.missing += 1;
    else report.errors += 1;
    progress.advance({ done: 1 });
    reportItemError({ item: escapeName(path), code: error.code, message: error.message });
  }

  /** Lets the first failure end the job: running tasks stop, waiting ones are not begun. */
  async function orEnd(task: () => Promise<void>): Promise<void> {
    try {
      ended.throwIfAborted();
      await task();
    } catch (error) {
      failure.abort(error);
    }
  }

  return async (paths) => {
    const small: Target[] = [];
    const tasks: (() => Promise<void>)[] = [];
    for (const path of paths) {
      ended.throwIfAborted();
      const target = await find(path);
      if (target === null) continue;
      if (target.sizeBytes <= maxSmallBytes) small.push(target);
      else tasks.push(() => hashLarge(target));
    }
    for (const batch of inBatches(small, filesPerTask)) tasks.push(() => hashSmall(batch));
    await queue.addAll(tasks.map((task) => () => orEnd(task)));
    ended.throwIfAborted();
  };
}

function count(counts: HashesDone, { sizeBytes }: HashedEntry, outcome: Settlement['outcome']): void {
  counts.hashed += 1;
  counts.bytesHashed += sizeBytes;
  if (outcome === 'MIGRATED') counts.migrated += 1;
}

/**
 * Throws FileNotFoundError or FileNotHashableError where the file went since it was found, or cannot be reached any
 * more.
 */
async function sizeOf(path: string, { realPath, relativePath }: AllowedPath): Promise<number> {
  try {
    return (await stat(realPath)).size;
  } catch (error) {
    const fault = toFileError(error, relativePath);
    throw fault instanceof DomainError ? toError(path, fault) : fault;
  }
}
