import { setImmediate } from 'node:timers/promises';
import type { MediaEvents } from '../../catalogue/media-events.ts';
import type { Database } from '../../../base/database/database.ts';
import { markMissing } from '../sql/mark-missing.ts';
import type { DeletionEntry, DeletionsLog } from '../../catalogue/deletions-log.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import type { CategoryPlan } from '../plan/scan-plan.ts';

interface MarkContext {
  database: Database;
  deletionsLog: DeletionsLog;
  events: Pick<MediaEvents, 'publish'> | undefined;
}

// SQLite writes on this thread, so that requests are answered only between two statements.
const statementSize = 400;

/** Marks the lost items of a category missing and logs them; returns the paths of those that it marked. */
export async function markLost(
  { database, deletionsLog, events }: MarkContext,
  { survey, lost }: CategoryPlan,
): Promise<string[]> {
  const { category, startedAt, lastCompleteAt } = survey;
  const marked: string[] = [];
  const toEntry = ({ relativePath }: { relativePath: string }): DeletionEntry => ({
    category: category.key,
    rootPath: category.rootPath,
    path: relativePath,
    previousStatus: 'available',
    action: 'marked_missing',
  });
  for (const batch of inBatches(lost, statementSize)) {
    const ids = batch.map(({ id }) => id);
    const items = await database.transaction(async (transaction) => {
      const missing = await markMissing(transaction, ids, startedAt, lastCompleteAt);
      await deletionsLog.note(transaction, missing.map(toEntry), startedAt);
      return missing;
    });
    events?.publish({ category: category.key, updated: items.map(({ id }) => id) });
    await deletionsLog.write();
    for (const { relativePath } of items) marked.push(relativePath);
    await setImmediate();
  }
  return marked;
}
