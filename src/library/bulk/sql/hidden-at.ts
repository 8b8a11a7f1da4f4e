import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';

/** Whether any item is deleted since exactly that moment; answered from the index of lists by deletion. */
export async function isAnyHiddenAt(database: Database, moment: Date): Promise<boolean> {
  const rows = await database.read(sql`
    SELECT m.id FROM shelves AS s JOIN media_items AS m ON m.shelf_id = s.id
    WHERE s.status = 'DELETED' AND m.deleted_at = ${timestampOf(dialectOf(database), moment)} LIMIT 1`);
  return rows.length > 0;
}
