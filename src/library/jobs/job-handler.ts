import type { JobItemFailure } from './job-item-errors.ts';
import type { ProgressStep, ProgressTotals } from './job-progress.ts';
import type { JobInput, JobKind, JobResult } from './job-record.ts';

/** Jobs of a lane wait only for each other: somebody waits for a PROMPT one, and not behind a scan of hours. */
export type JobLane = 'LONG' | 'PROMPT';

/**
 * Runs one kind of job.
 *
 * A job whose process was killed runs again from the start of `run`, so `run` is idempotent: what an earlier run has
 * finished is found finished and counts as done at once.
 */
export interface JobHandler<Kind extends JobKind = JobKind> {
  readonly kind: Kind;
  /** Left out: LONG. */
  readonly lane?: JobLane;
  /**
   * Does the work. Once `signal` is aborted it throws, or returns the result of what it did. A DomainError's
   * message becomes the job's `failure`; other errors are logged and not shown.
   */
  run(context: JobContext<Kind>): Promise<JobResult<Kind>>;
  /** Names of what no two jobs may work on at once, such as `scan:movies`; the job has them until it ends. */
  locks?(input: JobInput<Kind>): string[];
  /** The input of a job that does only the failed items again; without it the whole input is run again. */
  retryInput?(input: JobInput<Kind>, failedItems: string[]): JobInput<Kind>;
}

export interface JobContext<Kind extends JobKind = JobKind> {
  readonly jobId: string;
  readonly input: JobInput<Kind>;
  readonly requestedBy: string | null;
  /** What an earlier run that was cut short has kept; null in the first one. */
  readonly kept: object | null;
  /** Aborted with a JobStoppedError: to cancel the job, or because the process ends. */
  readonly signal: AbortSignal;
  readonly progress: {
    /** Reports how much there is to do, as far as it is known; may be called again as more is found. */
    start(totals: ProgressTotals): void;
    /** Cheap enough to be called for every item. */
    advance(step: ProgressStep): void;
  };
  /**
   * Keeps a few facts, as plain JSON, for the next run, should this one be cut short; each call replaces them all.
   * They are written with the progress, so after a kill those of the last second or so may be missing.
   */
  keep: (facts: object) => void;
  /** Reports that one item failed while the job goes on. Kept in memory for up to a second, then written. */
  reportItemError: (failure: JobItemFailure) => void;
  /** Lets the job end as HELD: what it found waits for somebody's consent. */
  hold: () => void;
}
