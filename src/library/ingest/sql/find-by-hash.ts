import type { StatementWriter } from '../../../base/database/database.ts';
import { sql } from '../../../base/database/sql.ts';

/** The available items with that hash, the earliest first; at most 100. */
export async function findByHash(
  database: Pick<StatementWriter, 'writeReturning'>,
  sha256: string,
): Promise<{ id: number; path: string }[]> {
  const rows = await database.writeReturning(sql`
    SELECT m.id, m.root_category, m.relative_path FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.sha256 = ${sha256} AND s.status = 'AVAILABLE' ORDER BY m.id LIMIT 100`);
  return rows.map((row) => ({
    id: row.id as number,
    path: `${String(row.root_category)}/${String(row.relative_path)}`,
  }));
}
