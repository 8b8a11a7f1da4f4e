import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { MediaEvents } from '../catalogue/media-events.ts';
import { expectCategories } from '../catalogue/media-errors.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { countPurgeable, purgeItems, type PurgeSelection } from './sql/purge-items.ts';
import { expectFullScan } from '../catalogue/sql/scanned-folders.ts';
import type { MediaStatus } from '../catalogue/sql/shelves.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { DeletionsLog } from '../catalogue/deletions-log.ts';

interface PurgeRequest {
  /** MISSING, DELETED or both. */
  statuses: readonly MediaStatus[];
  /** Only items that are missing or deleted since before this moment. */
  olderThan: Date;
  /** Keys of categories; where left out, every category, also those that are not configured any more. */
  categories?: readonly string[] | null | undefined;
  dryRun: boolean;
}

export interface Purge {
  items: number;
  sizeBytes: number;
  dryRun: boolean;
}

/** Items that are missing or deleted and still have rows. They are listed and restored as other items are. */
export interface Trash {
  /**
   * Removes the rows of items for good; their files, where there are any, are not touched. Throws InvalidInputError and
   * UnknownCategoryError.
   */
  purge(request: PurgeRequest): Promise<Purge>;
}

interface TrashOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  deletionsLog: DeletionsLog;
  events: Pick<MediaEvents, 'publish'>;
  /** Called after a purge, to remove what others keep of the items. A failure is logged; they are gone all the same. */
  onPurged: () => Promise<void>;
  log: Pick<Logger, 'error'>;
}

// SQLite writes on this thread, so requests are answered only between two statements.
const statementSize = 400;

export function createTrash({ database, mediaConfig, deletionsLog, events, onPurged, log }: TrashOptions): Trash {
  async function purgeSelection(selection: PurgeSelection): Promise<Omit<Purge, 'dryRun'>> {
    const purge = { items: 0, sizeBytes: 0 };
    for (;;) {
      const items = await database.transaction(async (transaction) => {
        const purged = await purgeItems(transaction, selection, statementSize);
        const entries = purged.map(({ rootCategory: category, relativePath: path }) => {
          const rootPath = mediaConfig.findCategory(category)?.rootPath;
          return {
            category,
            rootPath,
            path,
            previousStatus: selection.status.toLowerCase(),
            action: 'purged' as const,
          };
        });
        await deletionsLog.note(transaction, entries, new Date());
        // The file of a deleted item may still be there.
        if (selection.status === 'DELETED')
          await expectFullScan(
            transaction,
            entries.map(({ category }) => category),
          );
        return purged;
      });
      await deletionsLog.write();
      for (const category of new Set(items.map(({ rootCategory }) => rootCategory))) {
        const removed = items.filter(({ rootCategory }) => rootCategory === category).map(({ id }) => id);
        events.publish({ category, removed });
      }
      purge.items += items.length;
      purge.sizeBytes += items.reduce((sum, item) => sum + item.sizeBytes, 0);
      if (items.length < statementSize) return purge;
      await setImmediate();
    }
  }

  return {
    async purge({ statuses, olderThan, categories, dryRun }) {
      const purgeable = checkStatuses(statuses);
      const rootCategories = categories ?? null;
      if (rootCategories !== null) expectCategories(mediaConfig, rootCategories);
      const selections = purgeable.map((status) => ({ status, before: olderThan, rootCategories }));
      const total = { items: 0, sizeBytes: 0, dryRun };
      for (const selection of selections) {
        const part = dryRun ? await countPurgeable(database, selection) : await purgeSelection(selection);
        total.items += part.items;
        total.sizeBytes += part.sizeBytes;
      }
      if (!dryRun && total.items > 0) {
        await onPurged().catch((error: unknown) => log.error({ err: error }, 'something of purged items stays'));
      }
      return total;
    },
  };
}

function checkStatuses(statuses: readonly MediaStatus[]): PurgeSelection['status'][] {
  const purgeable = [...new Set(statuses)].filter((status) => status !== 'AVAILABLE');
  if (purgeable.length > 0 && !statuses.includes('AVAILABLE')) return purgeable;
  throw new InvalidInputError('input.statuses', 'Give MISSING, DELETED or both: what is available is not purged.');
}
