import type { Job } from '../../../src/web/jobs/job-facts.ts';

type BulkJob = Extract<Job, { __typename: 'BulkJob' }>;

/** A job as the service tells it, that has just begun. */
export function aJob(changed: Partial<BulkJob> = {}): BulkJob {
  return {
    __typename: 'BulkJob',
    id: 'a',
    kind: 'BULK',
    status: 'RUNNING',
    failure: null,
    requestedBy: 'ann',
    createdAt: '2026-03-05T12:00:00.000Z',
    startedAt: '2026-03-05T12:00:00.000Z',
    finishedAt: null,
    progress: {
      done: 0,
      total: null,
      bytesDone: 0,
      bytesTotal: null,
      percent: null,
      currentItem: null,
      itemsPerSecond: null,
      remainingSeconds: null,
    },
    action: 'HIDE',
    canUndo: false,
    bulkReport: null,
    ...changed,
  };
}
