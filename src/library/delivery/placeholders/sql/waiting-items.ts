import type { Database } from '../../../../base/database/database.ts';
import { sql } from '../../../../base/database/sql.ts';

const isWaiting = sql`placeholder IS NULL AND shelf_id IN (SELECT id FROM shelves WHERE status = 'AVAILABLE')`;

/** Returns how many available items have no placeholder, and are not known to have no picture. */
export async function countWaiting(database: Pick<Database, 'read'>): Promise<number> {
  const [row] = await database.read(sql`SELECT count(*) AS count FROM media_items WHERE ${isWaiting}`);
  return Number(row?.count ?? 0);
}

/** Returns the IDs of such items below `before`, the newest first: that is what people look at. */
export async function readWaiting(database: Pick<Database, 'read'>, before: number, limit: number): Promise<number[]> {
  const rows = await database.read(
    sql`SELECT id FROM media_items WHERE ${isWaiting} AND id < ${before} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(({ id }) => Number(id));
}
