import type { Database } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql, timestampOf } from '../../../base/database/sql.ts';

/** An available item whose file has not been hashed. */
export interface UnhashedItem {
  id: number;
  rootCategory: string;
  relativePath: string;
  sizeBytes: number;
}

/** Reads up to `limit` items after the one with the id `after`, in the order of their ids. */
export async function readUnhashed(database: Database, after: number, limit: number): Promise<UnhashedItem[]> {
  const rows = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.size_bytes
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.sha256 IS NULL AND m.id > ${after} AND s.status = 'AVAILABLE'
    ORDER BY m.id LIMIT ${limit}`);
  return rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    sizeBytes: Number(row.size_bytes),
  }));
}

/**
 * Counts the files that wait for their hash, and their bytes: as catalogued, and as the earlier application knew them.
 */
export async function countUnhashed(database: Database): Promise<Record<'media' | 'pending', Amount>> {
  const [media] = await database.read(sql`
    SELECT count(*) AS files, coalesce(sum(m.size_bytes), 0) AS bytes
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.sha256 IS NULL AND s.status = 'AVAILABLE'`);
  const [pending] = await database.read(
    sql`SELECT count(*) AS files, coalesce(sum(p.size_bytes), 0) AS bytes FROM pending_import AS p`,
  );
  return { media: toAmount(media), pending: toAmount(pending) };
}

interface Amount {
  files: number;
  bytes: number;
}

function toAmount(row: Record<string, unknown> | undefined): Amount {
  return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
}

export interface StoredHash {
  id: number;
  /** The signature of the file that was hashed: an item whose file is another by now keeps waiting. */
  signature: string;
  sha256: string;
}

export async function storeHashes(database: Database, hashes: readonly StoredHash[], now: Date): Promise<void> {
  if (hashes.length === 0) return;
  const dialect = dialectOf(database);
  const rows = hashes.map(({ id, signature, sha256 }) => [id, signature, sha256]);
  await database.write(sql`
    UPDATE media_items SET sha256 = hashed.sha256, updated_at = ${timestampOf(dialect, now)}
    FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature, ${dialect.jsonText(2)} AS sha256
      FROM ${dialect.jsonRows(JSON.stringify(rows))}
    ) AS hashed
    WHERE media_items.id = hashed.id AND media_items.signature = hashed.signature`);
}
