import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, sql, toOptionalDate } from '../../../base/database/sql.ts';
import type { Shelf } from '../../catalogue/sql/shelves.ts';

export interface LockedItem {
  id: number;
  rootCategory: string;
  shelf: Shelf;
  deletedAt: Date | null;
}

/** Reads items in the order of their ids, and keeps them as they are until the transaction ends. */
export async function lockItems(
  transaction: StatementWriter,
  ids: readonly number[],
  shelves: readonly Shelf[],
): Promise<LockedItem[]> {
  const { lockRows } = dialectOf(transaction);
  const rows = await transaction.writeReturning(sql`
    SELECT id, root_category, shelf_id, deleted_at FROM media_items
    WHERE id IN (${numbersOf(transaction, ids)}) ORDER BY id${lockRows}`);
  const shelfOf = new Map(shelves.map((shelf) => [shelf.id, shelf]));
  return rows.flatMap((row) => {
    // A shelf that was made since the shelves were read: the item was moved in between, and is left as it is.
    const shelf = shelfOf.get(Number(row.shelf_id));
    if (shelf === undefined) return [];
    const deletedAt = toOptionalDate(row.deleted_at);
    return [{ id: Number(row.id), rootCategory: String(row.root_category), shelf, deletedAt }];
  });
}
