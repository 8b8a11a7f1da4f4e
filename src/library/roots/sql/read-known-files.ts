import type { Database } from '../../../base/database/database.ts';
import { raw, sql } from '../../../base/database/sql.ts';

const filesPerEnd = 10;

/** Reads the paths of some available files of a root: those of the oldest items and of the newest. */
export async function readKnownFiles(database: Database, rootCategory: string): Promise<string[]> {
  const read = (direction: 'ASC' | 'DESC') =>
    database.read(sql`
      SELECT relative_path FROM media_items
      WHERE root_category = ${rootCategory}
        AND shelf_id IN (SELECT id FROM shelves WHERE category = ${rootCategory} AND status = 'AVAILABLE')
      ORDER BY id ${raw(direction)} LIMIT ${filesPerEnd}`);
  const rows = [...(await read('ASC')), ...(await read('DESC'))];
  return [...new Set(rows.map((row) => row.relative_path as string))];
}
