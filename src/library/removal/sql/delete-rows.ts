import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, sql } from '../../../base/database/sql.ts';

/** Removes the rows of items, in the order of their ids, and returns the ids of those that were there. */
export async function deleteRows(transaction: StatementWriter, ids: readonly number[]): Promise<number[]> {
  const { lockRows } = dialectOf(transaction);
  const rows = await transaction.writeReturning(sql`
    DELETE FROM media_items WHERE id IN (
      SELECT id FROM media_items WHERE id IN (${numbersOf(transaction, ids)}) ORDER BY id${lockRows}
    )
    RETURNING id`);
  return rows.map((row) => Number(row.id));
}
