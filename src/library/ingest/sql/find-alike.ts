import type { Database } from '../../../base/database/database.ts';
import { type Sql, sql } from '../../../base/database/sql.ts';

/** An available item whose file may have the bytes of another one: nobody has hashed it. */
export interface AlikeItem {
  id: number;
  rootCategory: string;
  relativePath: string;
  fingerprint: string | null;
}

/** Whether an available item without a hash has a file of that size. */
export async function hasAlike(database: Database, sizeBytes: number): Promise<boolean> {
  return (await database.read(sql`${selection(sizeBytes)} LIMIT 1`)).length > 0;
}

/**
 * Reads up to `limit` available items without a hash whose files have that size and that fingerprint, or none that is
 * known, the earliest first.
 */
export async function findAlike(
  database: Database,
  { sizeBytes, fingerprint, limit }: { sizeBytes: number; fingerprint: string | null; limit: number },
): Promise<AlikeItem[]> {
  const rows = await database.read(sql`
    ${selection(sizeBytes)} AND (fingerprint IS NULL OR fingerprint = ${fingerprint}) LIMIT ${limit}`);
  const items = rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    fingerprint: row.fingerprint as string | null,
  }));
  // Not in SQL: there an order by id with a limit would be taken for a reason to read the table from its beginning.
  return items.sort((one, other) => one.id - other.id);
}

/** Goes by the index of sizes, which begins with the shelf. */
function selection(sizeBytes: number): Sql {
  return sql`
    SELECT id, root_category, relative_path, fingerprint FROM media_items
    WHERE shelf_id IN (SELECT id FROM shelves WHERE status = 'AVAILABLE')
      AND size_bytes = ${sizeBytes} AND sha256 IS NULL`;
}
