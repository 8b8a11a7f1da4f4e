import type { Job as JobRow } from '../../base/database/generated/sqlite/client.ts';
import { readProgress, type JobProgress } from './job-progress.ts';

/**
 * The input and the result of each kind's jobs, both plain JSON. It is empty here, below the rooms that run jobs: each
 * of them adds its kind beside its handler, in `declare module '../jobs/job-record.ts'`.
 *
 * @public
 */
export interface JobKinds {}

export type JobKind = keyof JobKinds;
export type JobInput<Kind extends JobKind = JobKind> = JobKinds[Kind]['input'];
export type JobResult<Kind extends JobKind = JobKind> = JobKinds[Kind]['result'];

export const activeStatuses = ['QUEUED', 'RUNNING', 'CANCELLING'] as const;
const finalStatuses = ['SUCCEEDED', 'SUCCEEDED_WITH_ERRORS', 'FAILED', 'CANCELLED', 'HELD'] as const;
export type FinalStatus = (typeof finalStatuses)[number];
export type JobStatus = (typeof activeStatuses)[number] | FinalStatus;

/** A job as the service shows it. A new object for each state: a record that was handed out never changes. */
export interface JobRecord<Kind extends JobKind = JobKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly status: JobStatus;
  readonly input: JobInput<Kind>;
  /** What its handler returned; a cancelled job may have a partial result. */
  readonly result: JobResult<Kind> | null;
  readonly progress: JobProgress;
  /** Why it FAILED, in a sentence for people. */
  readonly failure: string | null;
  readonly requestedBy: string | null;
  readonly createdAt: Date;
  /** When it first ran; a resumption does not move it. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Names a job by its ID alone, or as one of a kind, whose input and result types it then has: no other kind is found. */
export type JobRef<Kind extends JobKind = JobKind> = string | Pick<JobRecord<Kind>, 'id' | 'kind'>;

/**
 * The one place where stored JSON gets a type. Nothing checks it: `start` stored the input of this kind, and its
 * handler's result was stored at its end. What a later version adds to either is optional there, as older rows lack
 * it.
 */
export function toJobRecord(row: JobRow): JobRecord {
  const { id, failure, requestedBy, createdAt, startedAt, finishedAt } = row;
  return {
    id,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    input: row.input as unknown as JobInput,
    result: row.result as unknown as JobResult | null,
    progress: readProgress(row.progress),
    failure,
    requestedBy,
    createdAt,
    startedAt,
    finishedAt,
  };
}

/** Whether the job is of the kind, and so has its input and result types; true for every job where no kind is given. */
export function isOfKind<Kind extends JobKind>(job: JobRecord, kind: Kind | undefined): job is JobRecord<Kind> {
  return kind === undefined || job.kind === kind;
}

/** Whether the job has come to its end: its record will not change any more. */
export function isFinished({ status }: Pick<JobRecord, 'status'>): boolean {
  return (finalStatuses as readonly string[]).includes(status);
}
