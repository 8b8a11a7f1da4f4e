import type { Database, Prisma } from '../../base/database/database.ts';
import { noInterruptions, type Interruptions } from './interruptions.ts';
import { createItemErrorBuffer, type ItemErrorBuffer } from './job-item-errors.ts';
import { createProgressMeter, type ProgressMeter } from './job-progress.ts';
import type { JobRecord } from './job-record.ts';

/** What jobs need of the database. */
export type JobsDatabase = Pick<Database, 'provider' | 'prisma' | 'write' | 'writeReturning'>;

/** A job of this process: it waits in the queue or is being run. */
export interface ActiveJob {
  readonly id: string;
  /** The job's row; the newest progress is in `meter`. */
  record: JobRecord;
  readonly interruptions: Interruptions;
  /** What the handler gets again, should this run be cut short. The row's `progress` contains it too. */
  kept: object | null;
  meter: ProgressMeter;
  readonly itemErrors: ItemErrorBuffer;
  /** Whether what the handler found waits for somebody's consent. */
  isHeld: boolean;
  /** Aborted with a JobStoppedError. */
  readonly stop: AbortController;
}

export function createActiveJob(
  record: JobRecord,
  interruptions: Interruptions = noInterruptions,
  kept: object | null = null,
): ActiveJob {
  return {
    id: record.id,
    record,
    interruptions,
    kept,
    meter: createProgressMeter(),
    itemErrors: createItemErrorBuffer(),
    isHeld: false,
    stop: new AbortController(),
  };
}

/** The job as it is at this moment. */
export function snapshotJob(job: ActiveJob): JobRecord {
  return { ...job.record, progress: job.meter.snapshot() };
}

export function progressOf(job: ActiveJob): Prisma.InputJsonObject {
  const { meter, interruptions, kept } = job;
  return { ...meter.snapshot(), interruptions: { ...interruptions }, ...(kept !== null && { kept: { ...kept } }) };
}
