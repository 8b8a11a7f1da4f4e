import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Prisma } from '../../base/database/database.ts';
import type { JobObserver } from '../../base/observability/observe.ts';
import { createActiveJob, type JobsDatabase, progressOf } from './active-job.ts';
import { cancelJob } from './cancel-job.ts';
import { closableIterable } from '../../base/async/closable-iterable.ts';
import { startHeartbeat } from './heartbeat.ts';
import { JobNotFoundError, JobsClosedError, JobStoppedError, NoJobHandlerError } from './job-errors.ts';
import { createJobEvents } from './job-events.ts';
import type { JobHandler } from './job-handler.ts';
import { insertWithLocks } from './job-locks.ts';
import { noProgress } from './job-progress.ts';
import { createJobQueue } from './job-queue.ts';
import { isFinished, type JobInput, type JobKind, type JobRecord, type JobRef } from './job-record.ts';
import { createJobReader } from './job-reader.ts';
import type { KeysetPage, PageRequest } from '../../base/paging.ts';
import { listItemErrors, type JobItemError, listErrorReasons, type JobErrorReason } from './job-item-errors.ts';
import { countJobs, type JobFilter } from './list-jobs.ts';
import { recoverRegularly } from './recover-jobs.ts';
import { planRetry } from './retry-job.ts';
import type { JobsLog } from './run-job.ts';
import { enrolRunner } from './runner.ts';
import { watchJob } from './watch-job.ts';
import { watchKind } from './watch-kind.ts';

/** Work that outlasts a request: it is persisted, watched, cancelled, retried, and resumed after a kill. */
export interface Jobs {
  /** Registers the handler of a kind of jobs. All kinds are registered before `recover`. */
  register<Kind extends JobKind>(handler: JobHandler<Kind>): void;
  /**
   * Stores a job and runs it when there is room. Throws JobLockedError while another job has one of its locks,
   * JobsClosedError once the service stops.
   */
  start<Kind extends JobKind>(kind: Kind, input: JobInput<Kind>, options?: StartOptions): Promise<JobRecord<Kind>>;
  find<Kind extends JobKind = JobKind>(job: JobRef<Kind>): Promise<JobRecord<Kind> | null>;
  /** Lists jobs, newest first. Throws InvalidInputError for a cursor that is none. */
  list(filter: JobFilter, page: PageRequest): Promise<KeysetPage<JobRecord>>;
  count(filter: JobFilter): Promise<number>;
  /** Lists the item errors of a job, oldest first. Throws InvalidInputError for a cursor that is none. */
  itemErrors(jobId: string, page: PageRequest): Promise<KeysetPage<JobItemError>>;
  countItemErrors(jobId: string): Promise<number>;
  /** The item errors of a job by their codes, the most frequent first. */
  errorReasons(jobId: string): Promise<JobErrorReason[]>;
  /**
   * Cancels a job; it is CANCELLED, or CANCELLING until its runner has stopped. Throws JobNotFoundError,
   * JobFinishedError.
   */
  cancel(id: string): Promise<JobRecord>;
  /**
   * Starts a new job that does what the ended one failed to do. Throws JobNotFoundError, JobNotRetryableError and
   * whatever `start` throws.
   */
  retry(id: string, options?: StartOptions): Promise<JobRecord>;
  /**
   * Yields the job's current state, then its changes, at most five a second; ends with its final state. Ends early,
   * without an error, when the signal is aborted or the service stops. Throws JobNotFoundError.
   */
  watch<Kind extends JobKind = JobKind>(
    job: JobRef<Kind>,
    signal?: AbortSignal,
  ): AsyncIterableIterator<JobRecord<Kind>, void, void>;
  /**
   * Yields the kind's current jobs, or its last one, then the changes of all its jobs, until the signal or the
   * service's stop.
   */
  watchKind<Kind extends JobKind>(kind: Kind, signal?: AbortSignal): AsyncIterableIterator<JobRecord<Kind>, void, void>;
  /** The same for jobs of every kind. */
  watchAll(signal?: AbortSignal): AsyncIterableIterator<JobRecord, void, void>;
  /** Waits for the job's final state. Throws JobNotFoundError, and JobsClosedError when the service stops before. */
  waitFor<Kind extends JobKind = JobKind>(job: JobRef<Kind>): Promise<JobRecord<Kind>>;
  /**
   * Takes over the jobs of processes that have died, now and then every half a minute; returns the jobs that are resumed
   * now.
   */
  recover(): Promise<JobRecord[]>;
  /** The jobs of this process, and the items that each has done. */
  active(): { kind: JobKind; isRunning: boolean; done: number }[];
  /** Stops the running jobs, waits for them for `graceMs` at most, and leaves all unfinished ones to the next start. */
  close(options: { graceMs: number }): Promise<void>;
}

interface StartOptions {
  requestedBy?: string | null | undefined;
}

interface JobsOptions {
  database: JobsDatabase;
  log: JobsLog;
  /** How many jobs of a lane run side by side in this process. */
  concurrency?: number;
  observer?: JobObserver | undefined;
  /** Distinguishes this runner from others of the same process. */
  instance?: string;
}

export function createJobs({ database, log, concurrency = 2, instance, observer }: JobsOptions): Jobs {
  const { prisma } = database;
  const handlers = new Map<JobKind, JobHandler>();
  const events = createJobEvents();
  const runner = enrolRunner(instance);
  const queue = createJobQueue({ database, runner, log, events, handlerOf, concurrency, observer });
  const { active, stop, isAlive } = queue;
  const reader = createJobReader(prisma, active);
  const source = { events, ...reader };
  const heartbeat = startHeartbeat({ prisma, runner, active, log, stop });
  const recovery = recoverRegularly({
    prisma,
    runner,
    log,
    isAlive,
    canRun: (kind) => handlers.has(kind),
    run: ({ record, interruptions, kept }) => queue.add(createActiveJob(record, interruptions, kept)),
  });
  const closing = new AbortController();
  // Each watch adds a listener, and many clients may watch.
  setMaxListeners(0, closing.signal);

  function handlerOf(kind: JobKind): JobHandler {
    const handler = handlers.get(kind);
    if (handler === undefined) throw new NoJobHandlerError(kind);
    return handler;
  }

  async function start<Kind extends JobKind>(
    kind: Kind,
    input: JobInput<Kind>,
    { requestedBy = null }: StartOptions = {},
  ): Promise<JobRecord<Kind>> {
    if (closing.signal.aborted) throw new JobsClosedError();
    const locks = handlerOf(kind).locks?.(input) ?? [];
    const record = newRecord(kind, input, requestedBy);
    const job = createActiveJob(record);
    const { id } = record;
    // The job is active before its row is there, so that nothing in this process takes the row for abandoned.
    active.set(id, job);
    try {
      const { createdAt, status } = record;
      const row = { id, kind, status, requestedBy, createdAt, runner: runner.name, heartbeatAt: createdAt };
      // Inputs are plain JSON, which an interface type cannot express.
      const json = { input: input as object as Prisma.InputJsonObject, progress: progressOf(job) };
      await insertWithLocks({ prisma, isAlive }, { ...row, ...json }, locks);
    } catch (error) {
      active.delete(id);
      throw error;
    }
    queue.add(job);
    return record;
  }

  async function find(id: string): Promise<JobRecord> {
    const record = await reader.read(id);
    if (record === null) throw new JobNotFoundError(id);
    return record;
  }

  function watch<Kind extends JobKind>(
    job: JobRef<Kind>,
    signal?: AbortSignal,
  ): AsyncIterableIterator<JobRecord<Kind>, void, void> {
    return closableIterable([closing.signal, signal], (closed) => watchJob(source, job, closed));
  }

  return {
    register(handler) {
      handlers.set(handler.kind, handler);
    },
    start,
    active: () =>
      Array.from(active.values(), ({ record: { kind, status }, meter }) => ({
        kind,
        isRunning: status !== 'QUEUED',
        done: meter.snapshot().done,
      })),
    find: (job) => reader.read(job),
    list: (filter, page) => reader.list(filter, page),
    count: (filter) => countJobs(prisma, filter),
    itemErrors: (jobId, page) => listItemErrors(prisma, jobId, page),
    countItemErrors: (jobId) => prisma.jobItemError.count({ where: { jobId } }),
    errorReasons: (jobId) => listErrorReasons(prisma, jobId),
    async cancel(id) {
      await cancelJob({ prisma, isAlive }, id);
      const job = active.get(id);
      if (job !== undefined) stop(job, new JobStoppedError('CANCELLED'));
      return find(id);
    },
    async retry(id, options) {
      const { kind, input } = await planRetry({ prisma, handlerOf }, id);
      return start(kind, input, options);
    },
    watch,
    watchKind: (kind, signal) =>
      closableIterable([closing.signal, signal], (closed) => watchKind(source, kind, closed)),
    watchAll: (signal) => closableIterable([closing.signal, signal], (closed) => watchKind(source, null, closed)),
    async waitFor(job) {
      for await (const record of watch(job)) if (isFinished(record)) return record;
      throw new JobsClosedError();
    },
    recover: () => recovery.recover(),
    async close({ graceMs }) {
      if (closing.signal.aborted) return;
      closing.abort();
      heartbeat.stop();
      await recovery.stop();
      await queue.close(graceMs);
      runner.retire();
    },
  };
}

function newRecord<Kind extends JobKind>(
  kind: Kind,
  input: JobInput<Kind>,
  requestedBy: string | null,
): JobRecord<Kind> {
  return {
    id: randomUUID(),
    kind,
    status: 'QUEUED',
    input,
    result: null,
    progress: noProgress,
    failure: null,
    requestedBy,
    createdAt: new Date(),
    startedAt: null,
    finishedAt: null,
  };
}
