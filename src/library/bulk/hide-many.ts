import type { Database } from '../../base/database/database.ts';
import { moveManyToShelf } from '../catalogue/sql/move-to-shelf.ts';
import { readShelves } from '../catalogue/sql/shelves.ts';
import type { BatchOutcome } from './bulk-job.ts';
import { lockItems } from './sql/lock-items.ts';

/** Hides some items, as if all of them were deleted at that moment. One that is hidden already stays as it is. */
export async function hideMany(database: Database, ids: readonly number[], hiddenAt: Date): Promise<BatchOutcome> {
  const shelves = await readShelves(database);
  return database.transaction(async (transaction) => {
    const items = await lockItems(transaction, ids, shelves);
    const changed = items.filter(({ shelf }) => shelf.status !== 'DELETED');
    const moment = { now: new Date(), deletedAt: hiddenAt };
    await moveManyToShelf(
      transaction,
      changed.map(({ id }) => id),
      'DELETED',
      moment,
    );
    return { changed, unchanged: items.length - changed.length, failed: [] };
  });
}
