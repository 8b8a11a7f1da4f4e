import type { StatementWriter } from '../../../base/database/database.ts';
import { itemsToWrite, sql } from '../../../base/database/sql.ts';

/** Removes the rows of items, in the order of their ids, and returns the ids of those that were there. */
export async function deleteRows(transaction: StatementWriter, ids: readonly number[]): Promise<number[]> {
  const rows = await transaction.writeReturning(
    sql`DELETE FROM media_items WHERE id IN (${itemsToWrite(transaction, ids)}) RETURNING id`,
  );
  return rows.map((row) => Number(row.id));
}
