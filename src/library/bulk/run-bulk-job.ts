import { setImmediate } from 'node:timers/promises';
import { createBatchPace, type BatchPace } from '../../base/async/batch-pace.ts';
import { inBatches } from '../../base/async/in-batches.ts';
import { encodePublicId, mediaNumberOf } from '../../base/public-id.ts';
import type { MediaEvents } from '../catalogue/media-events.ts';
import { walkSelection, type SelectedBatch, type SelectionWalk } from '../catalogue/walk-selection.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { createBulkAction, type BulkActionOptions } from './bulk-action.ts';
import type { BatchOutcome, BulkReport } from './bulk-job.ts';

export interface BulkJobOptions extends BulkActionOptions {
  events: Pick<MediaEvents, 'publish'>;
  /** Called when a job has changed items, whose texts may have to be indexed again. */
  onChanged: () => void;
  /** Says how many items the batches of a job have; by default as many as hold nobody for long. */
  paceOf?: () => BatchPace;
}

/** How far a job came, for the run after a kill: it goes on behind the id, and tries again what failed. */
interface BulkDone {
  after: number;
  changed: number;
  unchanged: number;
  failed: number[];
}

/** Each file is removed by itself, and a disk may be slow: whoever cancels does not wait for many. */
const filesAtOnce = 25;

/**
 * How long a batch may hold the database, and how many items it has. SQLite writes on the thread that answers requests, which
 * wait that long; PostgreSQL keeps those waiting who change the same items.
 */
const paces = {
  sqlite: { targetMs: 4, smallest: 25, largest: 1000, first: 100 },
  postgresql: { targetMs: 40, smallest: 100, largest: 1000, first: 250 },
} as const;

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
  const removesFiles = input.action.type === 'DELETE' && input.action.removeFiles;
  const pace = options.paceOf?.() ?? createBatchPace(paces[database.provider]);
  const size = removesFiles ? () => filesAtOnce : pace.size;
  const act = createBulkAction(options, input.action, pace);
  const walk = await walkSelection(database, configured, input.selection);
  const counted = begun.changed + begun.unchanged;
  progress.start({ total: counted + begun.failed.length + (await walk.count(begun.after)) });
  progress.advance({ done: counted });
  const report: BulkReport = { changed: begun.changed, unchanged: begun.unchanged, failed: 0 };
  const failures: number[] = [];

  for await (const { ids, end, isKept } of batchesOf(walk, begun, size)) {
    if (signal.aborted) break;
    count(ids, await act(ids));
    if (isKept && failures.length <= maxKeptFailures) {
      keep({ after: end, changed: report.changed, unchanged: report.unchanged, failed: [...failures] });
    }
    await setImmediate();
  }
  const { changed, unchanged, failed } = report;
  if (changed > 0) options.onChanged();
  if (!signal.aborted) progress.start({ total: changed + unchanged + failed });
  return report;

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
  size: () => number,
): AsyncGenerator<SelectedBatch & { isKept: boolean }> {
  // Until the last of them was tried, a kill has all of them tried again.
  const last = failed.at(-1);
  for (const ids of inBatches(failed, size)) yield { ids, end: after, isKept: ids.at(-1) === last };
  for await (const batch of walk.batches(after, size)) yield { ...batch, isKept: true };
}
