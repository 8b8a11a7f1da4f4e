import type { Database } from '../../../../base/database/database.ts';
import { sql } from '../../../../base/database/sql.ts';

const isWaiting = sql`m.placeholder IS NULL AND s.status = 'AVAILABLE'`;

/** Returns how many available items have no placeholder, and are not known to have no picture. */
export async function countWaiting(database: Pick<Database, 'read'>): Promise<number> {
  const [row] = await database.read(sql`
    SELECT count(*) AS count FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id WHERE ${isWaiting}`);
  return Number(row?.count ?? 0);
}

/** Returns the IDs of such items below `before`, the newest first: that is what people look at. */
export async function readWaiting(database: Pick<Database, 'read'>, before: number, limit: number): Promise<number[]> {
  const rows = await database.read(sql`
    SELECT m.id FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE ${isWaiting} AND m.id < ${before} ORDER BY m.id DESC LIMIT ${limit}`);
  return rows.map(({ id }) => Number(id));
}
