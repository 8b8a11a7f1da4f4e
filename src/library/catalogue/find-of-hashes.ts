import type { Database } from '../../base/database/database.ts';
import { join, sql } from '../../base/database/sql.ts';
import { readRecords, type MediaRecord } from './sql/media-rows.ts';

/** Finds up to `limit` items with each SHA-256 that are not deleted, the earliest first, in the order of the hashes. */
export async function findOfHashes(
  database: Database,
  hashes: readonly string[],
  limit: number,
): Promise<MediaRecord[][]> {
  if (hashes.length === 0) return [];
  const rows = await database.read(sql`
    SELECT id FROM (
      SELECT m.id, row_number() OVER (PARTITION BY m.sha256 ORDER BY m.id) AS place
      FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
      WHERE m.sha256 IN (${join([...hashes])}) AND s.status <> 'DELETED'
    ) AS numbered WHERE place <= ${limit}`);
  const records = await readRecords(
    database,
    rows.map(({ id }) => Number(id)),
  );
  const items = records.toSorted((one, other) => one.id - other.id);
  return hashes.map((hash) => items.filter(({ sha256 }) => sha256 === hash));
}
