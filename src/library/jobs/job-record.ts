import type { Job as JobRow } from '../../base/database/generated/sqlite/client.ts';
import { readProgress, type JobProgress } from './job-progress.ts';

export type JobKind = 'SCAN' | 'IMAGE_PROXY' | 'LEGACY_MIGRATION' | 'HASH';

export const activeStatuses = ['QUEUED', 'RUNNING', 'CANCELLING'] as const;
const finalStatuses = ['SUCCEEDED', 'SUCCEEDED_WITH_ERRORS', 'FAILED', 'CANCELLED', 'HELD'] as const;
export type FinalStatus = (typeof finalStatuses)[number];
export type JobStatus = (typeof activeStatuses)[number] | FinalStatus;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A job as the service shows it. A new object for each state: a record that was handed out never changes. */
export interface JobRecord {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** What it was started with, as its domain's handler understands it. */
  readonly input: JsonValue;
  /** What its handler gave; a cancelled job may have the part that it came to. */
  readonly result: JsonValue | null;
  readonly progress: JobProgress;
  /** Why it FAILED, in a sentence for people. */
  readonly failure: string | null;
  readonly requestedBy: string | null;
  readonly createdAt: Date;
  /** When it first ran; a resumption does not move it. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export function toJobRecord(row: JobRow): JobRecord {
  const { id, failure, requestedBy, createdAt, startedAt, finishedAt } = row;
  return {
    id,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    input: row.input as JsonValue,
    result: row.result as JsonValue,
    progress: readProgress(row.progress),
    failure,
    requestedBy,
    createdAt,
    startedAt,
    finishedAt,
  };
}

/** Whether the job has come to its end: its record will not change any more. */
export function isFinished({ status }: Pick<JobRecord, 'status'>): boolean {
  return (finalStatuses as readonly string[]).includes(status);
}
