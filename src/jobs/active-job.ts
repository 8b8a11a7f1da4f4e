import type { Prisma } from '../database/database.ts';
import { noInterruptions, type Interruptions } from './interruptions.ts';
import { createItemErrorBuffer, type ItemErrorBuffer } from './job-item-errors.ts';
import { createProgressMeter, type ProgressMeter } from './job-progress.ts';
import type { JobRecord } from './job-record.ts';

/** A job that this process has: it waits in the queue or is being run. */
export interface ActiveJob {
  readonly id: string;
  /** As its row says; the newest progress is the meter's. */
  record: JobRecord;
  readonly interruptions: Interruptions;
  meter: ProgressMeter;
  readonly itemErrors: ItemErrorBuffer;
  /** What it found waits for somebody's consent. */
  isHeld: boolean;
  /** Aborted with a JobStoppedError. */
  readonly stop: AbortController;
}

export function createActiveJob(record: JobRecord, interruptions: Interruptions = noInterruptions): ActiveJob {
  return {
    id: record.id,
    record,
    interruptions,
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
  return { ...job.meter.snapshot(), interruptions: { ...job.interruptions } };
}
