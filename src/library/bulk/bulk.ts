import { freezeSelection, type MediaSelection } from '../catalogue/media-selection.ts';
import { pinSelection, resolveSelection } from '../catalogue/resolve-selection.ts';
import type { MediaFilter } from '../catalogue/select-media.ts';
import { JobLockedError, JobNotFoundError } from '../jobs/job-errors.ts';
import { isFinished, type JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { JobNotUndoableError, SelectionNotConfirmedError } from './bulk-errors.ts';
import type { BulkAction, ManyChanges } from './bulk-job.ts';
import { checkChanges } from './check-changes.ts';
import { createBulkHandler, type BulkJobOptions } from './run-bulk-job.ts';
import { isAnyHiddenAt } from './sql/hidden-at.ts';

export type BulkJob = JobRecord<'BULK'>;

/**
 * Changes, hides and restores many items, each call by a job. What is selected is settled when the call is made: items that
 * come later are not touched. Throws InvalidInputError and UnknownCategoryError, before any job is there.
 */
export interface Bulk {
  update(selection: MediaSelection, changes: ManyChanges, by: Requester): Promise<BulkJob>;
  /** Their files stay, and no scan brings the items back. */
  hide(selection: MediaSelection, by: Requester): Promise<BulkJob>;
  /**
   * Deletes items for good, and with `removeFiles` their files: those that the selection means at the call, as long as they
   * meet its filter. Throws SelectionNotConfirmedError where these are not as many as was confirmed.
   */
  delete(selection: MediaSelection, request: DeletionRequest, by: Requester): Promise<BulkJob>;
  /** Counts the items that a selection means now. */
  count(selection: MediaSelection): Promise<number>;
  /** A filter that names no status means hidden items. */
  restore(selection: MediaSelection, by: Requester): Promise<BulkJob>;
  /**
   * Restores what a job hid and nobody restored or hid again since. Throws JobNotFoundError, JobNotUndoableError, and
   * JobLockedError while the job is at work, or is undone already.
   */
  undo(jobId: string, by: Requester): Promise<BulkJob>;
  /** Whether an undo would find anything to bring back. */
  canUndo(job: BulkJob): Promise<boolean>;
}

interface DeletionRequest {
  /** How many items whoever confirmed the deletion was told of; null where nobody did. */
  expectedCount: number | null;
  removeFiles: boolean;
}

interface Requester {
  requestedBy?: string | undefined;
}

interface BulkOptions extends BulkJobOptions {
  jobs: Pick<Jobs, 'register' | 'start' | 'find'>;
}

export function createBulk({ jobs, ...options }: BulkOptions): Bulk {
  const { database, mediaConfig } = options;
  let lastMoment = 0;
  jobs.register(createBulkHandler(options));

  const configured = () => mediaConfig.current().categories.map(({ key }) => key);

  async function start(selection: MediaSelection, action: BulkAction, by: Requester): Promise<BulkJob> {
    const frozen = await freezeSelection(database, configured(), selection);
    return jobs.start('BULK', { action, selection: frozen }, by);
  }

  return {
    async update(selection, changes, by) {
      checkChanges(mediaConfig, changes);
      return start(selection, { type: 'UPDATE', changes }, by);
    },
    async hide(selection, by) {
      for (;;) {
        // No two jobs have the same moment: within a process it is counted on, and other processes have its lock.
        lastMoment = Math.max(Date.now(), lastMoment + 1);
        const hiddenAt = new Date(lastMoment);
        if (await isAnyHiddenAt(database, hiddenAt)) continue;
        try {
          return await start(selection, { type: 'HIDE', hiddenAt: hiddenAt.toISOString() }, by);
        } catch (error) {
          if (!(error instanceof JobLockedError)) throw error;
        }
      }
    },
    async delete(selection, { expectedCount, removeFiles }, by) {
      const { pinned, count } = await pinSelection(database, configured(), selection);
      if (count !== expectedCount) throw new SelectionNotConfirmedError(expectedCount, count);
      return jobs.start('BULK', { action: { type: 'DELETE', removeFiles }, selection: pinned }, by);
    },
    async count(selection) {
      const frozen = await freezeSelection(database, configured(), selection);
      return (await resolveSelection(database, configured(), frozen)).length;
    },
    restore({ filter, between, ...selection }, by) {
      const meant = {
        filter: filter && amongHidden(filter),
        between: between && { ...between, filter: amongHidden(between.filter) },
      };
      return start({ ...selection, ...meant }, { type: 'RESTORE', hiddenAt: null }, by);
    },
    async undo(jobId, by) {
      const job = await jobs.find({ id: jobId, kind: 'BULK' });
      if (job === null) throw new JobNotFoundError(jobId);
      const { action, selection } = job.input;
      if (action.type !== 'HIDE' || (isFinished(job) && !(await canUndo(job)))) throw new JobNotUndoableError(jobId);
      const { hiddenAt } = action;
      const hidden = { highestId: selection.highestId, deletedAt: hiddenAt };
      return jobs.start('BULK', { action: { type: 'RESTORE', hiddenAt }, selection: hidden }, by);
    },
    canUndo,
  };

  async function canUndo(job: BulkJob): Promise<boolean> {
    const { action } = job.input;
    return action.type === 'HIDE' && isFinished(job) && isAnyHiddenAt(database, new Date(action.hiddenAt));
  }
}

/** The same filter; where it names no status, of hidden items. */
function amongHidden(filter: MediaFilter): MediaFilter {
  return { ...filter, statuses: filter.statuses ?? ['DELETED'] };
}
