import { stat } from 'node:fs/promises';
import PQueue from 'p-queue';
import type { Database } from '../database/database.ts';
import { countUnhashed } from '../database/statements/hashes.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { AllowedPath } from './allowed-path.ts';
import type { CataloguedHashes, HashedEntry } from './catalogued-hashes.ts';
import { toError, type Hasher } from './hasher.ts';
import type { HashResult } from './hash-files.task.ts';
import { readHashTargets, type HashScope } from './hash-targets.ts';
import type { MediaConfigStore } from '../config/media-config-store.ts';
import type { ConflictStrategy, PendingRecords } from './pending-records.ts';

export interface HashInput extends HashScope {
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

export interface HashJobOptions {
  database: Database;
  hasher: Hasher;
  catalogued: CataloguedHashes;
  pending: PendingRecords;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  /** Files that are hashed side by side. */
  concurrency: number;
}

/** Up to this size the round trips to a worker cost more than the hashing, so many go in one task. */
const smallBytes = 4 * 1024 * 1024;
const filesPerTask = 50;

/** Hashes what waits for it. Run again after a kill, it finds waiting what was not done. */
export function createHashHandler(options: HashJobOptions): JobHandler<HashInput, HashReport> {
  return {
    kind: 'HASH',
    retryInput: (input, failedItems) => ({ ...input, paths: failedItems }),
    run: (context) => runHashJob(options, context),
  };
}

async function runHashJob(options: HashJobOptions, context: JobContext<HashInput>): Promise<HashReport> {
  const { input, signal, progress } = context;
  const report: HashReport = { total: 0, hashed: 0, migrated: 0, conflicts: 0, missing: 0, errors: 0, bytesHashed: 0 };
  progress.start(await estimate(options.database, input));
  const work = new HashWork(options, context, report);
  for await (const paths of readHashTargets(options, input)) {
    signal.throwIfAborted();
    report.total += paths.length;
    await work.hash(paths);
  }
  await options.pending.settlePictures();
  progress.start({ total: report.total, bytesTotal: report.bytesHashed });
  return report;
}

/** One run of the job: its parts share what they count. */
class HashWork {
  readonly #options: HashJobOptions;
  readonly #context: JobContext<HashInput>;
  readonly #report: HashReport;
  readonly #queue: PQueue;

  constructor(options: HashJobOptions, context: JobContext<HashInput>, report: HashReport) {
    this.#options = options;
    this.#context = context;
    this.#report = report;
    this.#queue = new PQueue({ concurrency: options.concurrency });
  }

  async hash(paths: readonly string[]): Promise<void> {
    const small: Target[] = [];
    const tasks: (() => Promise<void>)[] = [];
    for (const path of paths) {
      const target = await this.#find(path);
      if (target === null) continue;
      if (target.sizeBytes <= smallBytes) small.push(target);
      else tasks.push(() => this.#hashLarge(target));
    }
    for (let start = 0; start < small.length; start += filesPerTask) {
      tasks.push(() => this.#hashSmall(small.slice(start, start + filesPerTask)));
    }
    await this.#queue.addAll(tasks);
  }

  async #find(path: string): Promise<Target | null> {
    try {
      const file = await this.#options.hasher.resolve(path);
      return { path, file, sizeBytes: (await stat(file.realPath)).size };
    } catch (error) {
      this.#fail(path, error);
      return null;
    }
  }

  async #hashLarge({ path }: Target): Promise<void> {
    const { hasher } = this.#options;
    const { signal, progress } = this.#context;
    try {
      progress.advance({ currentItem: path });
      const hashed = await hasher.hash(path, signal, (bytes) => progress.advance({ bytes }));
      await this.#record([{ ...hashed, path }]);
    } catch (error) {
      this.#fail(path, error);
    }
  }

  async #hashSmall(targets: readonly Target[]): Promise<void> {
    const { signal, progress } = this.#context;
    const results = await this.#options.hasher.hashSmall(
      targets.map(({ file }) => file),
      signal,
    );
    const hashed: HashedEntry[] = [];
    for (const [index, { path, file }] of targets.entries()) {
      const result = results[index] as HashResult;
      if (result.ok) {
        hashed.push({ ...result, path, realPath: file.realPath });
        progress.advance({ bytes: result.sizeBytes, currentItem: path });
      } else this.#fail(path, toError(path, result));
    }
    await this.#record(hashed);
  }

  /** Writes down what was found out; a record that cannot be completed does not keep the others from it. */
  async #record(entries: readonly HashedEntry[]): Promise<void> {
    const { catalogued, pending } = this.#options;
    await catalogued.record(entries);
    const waiting = await pending.among(entries.flatMap(({ path, realPath }) => [path, realPath]));
    for (const entry of entries) {
      this.#report.hashed += 1;
      this.#report.bytesHashed += entry.sizeBytes;
      if (waiting.has(entry.path) || waiting.has(entry.realPath)) await this.#settle(entry);
      this.#context.progress.advance({ done: 1 });
    }
  }

  async #settle(entry: HashedEntry): Promise<void> {
    const { input, reportItemError } = this.#context;
    const settlement = await this.#options.pending.settle(entry, input.conflictStrategy);
    if (settlement.outcome === 'MIGRATED') this.#report.migrated += 1;
    if (settlement.outcome !== 'CONFLICT') return;
    this.#report.conflicts += 1;
    const message = `A model record has the hash ${entry.sha256} already; the pending import ${settlement.pendingId} stays.`;
    reportItemError({ item: entry.path, code: 'MODEL_CONFLICT', message });
  }

  /** Throws what is no fault of the file, such as the end of the job. */
  #fail(path: string, error: unknown): void {
    this.#context.signal.throwIfAborted();
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'FILE_NOT_FOUND') this.#report.missing += 1;
    else this.#report.errors += 1;
    this.#context.progress.advance({ done: 1 });
    this.#context.reportItemError({ item: path, code: error.code, message: error.message });
  }
}

interface Target {
  path: string;
  file: AllowedPath;
  sizeBytes: number;
}

/** How much there is to do, as far as it is known before each file was looked at. */
async function estimate(database: Database, { paths, ids, limit, includesMedia }: HashInput) {
  const given = paths ?? ids;
  if (given !== null) return { total: Math.min(given.length, limit ?? Infinity) };
  const { pending, media } = await countUnhashed(database);
  const total = pending.files + (includesMedia ? media.files : 0);
  if (limit !== null && limit < total) return { total: limit };
  return { total, bytesTotal: pending.bytes + (includesMedia ? media.bytes : 0) };
}
