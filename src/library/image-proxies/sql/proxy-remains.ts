import type { Database, Sql } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, sql } from '../../../base/database/sql.ts';

/** What is left of an image that is gone: deleted, or known under another name by now. */
export interface ProxyRemains {
  id: number;
  filename: string;
  /** Whether another proxy has that name now. */
  isNameTaken: boolean;
  s3Key: string | null;
}

interface ProxyRemainsQuery {
  limit: number;
  /** Those with or without a key in the object storage; left out: all. */
  hasKey?: boolean;
  /** Only those without any item: the proxies of deleted ones are left out. */
  isItemGone?: boolean;
}

/** Proxies whose item is gone or deleted, up to `limit`. */
export async function readProxyRemains(
  database: Database,
  { limit, hasKey, isItemGone = false }: ProxyRemainsQuery,
): Promise<ProxyRemains[]> {
  const rows = await database.read(sql`
    SELECT p.id, p.filename, p.s3_key, EXISTS (
      SELECT 1 FROM image_proxies AS other
      WHERE other.filename = p.filename AND other.id <> p.id AND other.media_item_id IS NOT NULL
    ) AS is_name_taken
    FROM image_proxies AS p
    LEFT JOIN media_items AS m ON m.id = p.media_item_id LEFT JOIN shelves AS s ON s.id = m.shelf_id
    WHERE ${isItemGone ? sql`p.media_item_id IS NULL` : sql`(p.media_item_id IS NULL OR s.status = 'DELETED')`} AND ${keyCondition(hasKey)}
    ORDER BY p.id LIMIT ${limit}`);
  return rows.map((row) => ({
    id: row.id as number,
    filename: row.filename as string,
    isNameTaken: Boolean(row.is_name_taken),
    s3Key: row.s3_key as string | null,
  }));
}

function keyCondition(hasKey: boolean | undefined): Sql {
  if (hasKey === undefined) return sql`1 = 1`;
  return hasKey ? sql`p.s3_key IS NOT NULL` : sql`p.s3_key IS NULL`;
}

/** The keys of originals whose item is gone or deleted, up to `limit`; or only of those whose item is gone. */
export async function readOriginalRemains(
  database: Database,
  limit: number,
  { isItemGone = false }: { isItemGone?: boolean } = {},
): Promise<string[]> {
  const rows = await database.read(sql`
    SELECT o.s3_key FROM analysis_originals AS o
    LEFT JOIN media_items AS m ON m.id = o.media_item_id LEFT JOIN shelves AS s ON s.id = m.shelf_id
    WHERE ${isItemGone ? sql`o.media_item_id IS NULL` : sql`o.media_item_id IS NULL OR s.status = 'DELETED'`}
    ORDER BY o.s3_key LIMIT ${limit}`);
  return rows.map((row) => row.s3_key as string);
}

export async function deleteProxyRows(database: Database, ids: readonly number[]): Promise<void> {
  await database.write(sql`DELETE FROM image_proxies WHERE id IN (${numbersOf(database, ids)})`);
}

/** Those of the names that rows of proxies have. */
export async function readKnownNames(database: Database, filenames: readonly string[]): Promise<Set<string>> {
  const dialect = dialectOf(database);
  const rows = dialect.jsonRows(JSON.stringify(filenames.map((name) => [name])));
  const known = await database.read(
    sql`SELECT DISTINCT filename FROM image_proxies WHERE filename IN (SELECT ${dialect.jsonText(0)} FROM ${rows})`,
  );
  return new Set(known.map((row) => row.filename as string));
}
