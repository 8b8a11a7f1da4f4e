import { setImmediate } from 'node:timers/promises';
import { inBatches } from '../../base/async/in-batches.ts';
import { encodePublicId, mediaNumberOf } from '../../base/public-id.ts';
import type { MediaEvents } from '../catalogue/media-events.ts';
import { batchSize, walkSelection, type SelectedBatch, type SelectionWalk } from '../catalogue/walk-selection.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { createBulkAction, type BulkActionOptions } from './bulk-action.ts';
import type { BatchOutcome, BulkReport } from './bulk-job.ts';

export interface BulkJobOptions extends BulkActionOptions {
  events: Pick<MediaEvents, 'publish'>;
  /** Called when a job has changed items, whose texts may have to be indexed again. */
  onChanged: () => void;
}

/** How far a job came, for the run after a kill: it goes on behind the id, and tries again what failed. */
interface BulkDone {
  after: number;
  changed: number;
  unchanged: number;
  failed: number[];
}

const filesAtOnce = 25;

/** Where more items fail, a run after a kill goes over those that came later again, which changes nothing. */
const maxKeptFailures = 1000;

/**
 * Creates the handler of jobs that change many items: by id, a batch in a transaction, so that a job that runs again goes on
 * where the earlier run was. What that did in its last second is done again, which changes nothing, and may be counted
 * as unchanged.
 */
export function createBulkHandler(options: BulkJobOptions): JobHandler<'BULK'> {
  return {
    kind: 'BULK',
    lane: 'PROMPT',
    // What was hidden at one moment is hidden, or brought back, by one job at a time.
    locks: ({ action }) => {
      const hiddenAt = action.type === 'HIDE' || action.type === 'RESTORE' ? action.hiddenAt : null;
      return hiddenAt === null ? [] : [`hidden:${hiddenAt}`];
    },
    retryInput: ({ action, selection: { highestId } }, failedItems) => ({
      action,
      selection: { highestId, ids: failedItems.flatMap((item) => mediaNumberOf(item) ?? []) },
    }),
    run: (context) => runBulkJob(options, context),
  };
}

async function runBulkJob(options: BulkJobOptions, context: JobContext<'BULK'>): Promise<BulkReport> {
  const { database, mediaConfig, events } = options;
  const { input, signal, progress, keep, reportItemError } = context;
  const begun: BulkDone = { after: 0, changed: 0, unchanged: 0, failed: [], ...context.kept };
  const configured = mediaConfig.current().categories.map(({ key }) => key);
  const act = createBulkAction(options, input.action);
  const walk = await walkSelection(database, configured, input.selection);
  const counted = begun.changed + begun.unchanged;
  progress.start({ total: counted + begun.failed.length + (await walk.count(begun.after)) });
  progress.advance({ done: counted });
  const report: BulkReport = { changed: begun.changed, unchanged: begun.unchanged, failed: 0 };
  const failures: number[] = [];
  // Each file is removed by itself, and a disk may be slow: whoever cancels does not wait for many.
  const partSize = input.action.type === 'DELETE' && input.action.removeFiles ? filesAtOnce : batchSize;

  for await (const { ids, end, isKept } of batchesOf(walk, begun)) {
    if (signal.aborted || !(await takeAll(ids))) break;
    if (isKept && failures.length <= maxKeptFailures) {
      keep({ after: end, changed: report.changed, unchanged: report.unchanged, failed: [...failures] });
    }
    await setImmediate();
  }
  const { changed, unchanged, failed } = report;
  if (changed > 0) options.onChanged();
  if (!signal.aborted) progress.start({ total: changed + unchanged + failed });
  return report;

  /** Returns whether it came to the end of them. */
  async function takeAll(ids: readonly number[]): Promise<boolean> {
    for (const part of inBatches(ids, partSize)) {
      if (signal.aborted) return false;
      count(part, await act(part));
      await setImmediate();
    }
    return true;
  }

  function count(ids: readonly number[], outcome: BatchOutcome): void {
    for (const category of new Set(outcome.changed.map(({ rootCategory }) => rootCategory))) {
      const updated = outcome.changed.filter(({ rootCategory }) => rootCategory === category).map(({ id }) => id);
      events.publish(input.action.type === 'DELETE' ? { category, removed: updated } : { category, updated });
    }
    for (const { id, code, message } of outcome.failed) {
      failures.push(id);
      reportItemError({ item: encodePublicId('MediaItem', id), code, message });
    }
    report.changed += outcome.changed.length;
    report.unchanged += outcome.unchanged;
    report.failed += outcome.failed.length;
    progress.advance({ done: ids.length });
  }
}

/** What failed in a run before stands before the id at which this one goes on. */
async function* batchesOf(
  walk: SelectionWalk,
  { after, failed }: BulkDone,
): AsyncGenerator<SelectedBatch & { isKept: boolean }> {
  const again = [...inBatches(failed, batchSize)];
  // Until the last of them was tried, a kill has all of them tried again.
  for (const [index, ids] of again.entries()) yield { ids, end: after, isKept: index === again.length - 1 };
  for await (const batch of walk.batches(after)) yield { ...batch, isKept: true };
}
