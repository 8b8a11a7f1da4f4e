import type { Database, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf, type Sql } from '../../../base/database/sql.ts';

type PurgeableStatus = 'MISSING' | 'DELETED';

/** Which items are purged. */
export interface PurgeSelection {
  status: PurgeableStatus;
  /** Missing or deleted before this moment. */
  before: Date;
  /** Keys of categories; null for every category, also those that are not configured any more. */
  rootCategories: readonly string[] | null;
}

export interface PurgedItem {
  id: number;
  rootCategory: string;
  relativePath: string;
}

export async function countPurgeable(
  database: Database,
  selection: PurgeSelection,
): Promise<{ items: number; sizeBytes: number }> {
  const [row] = await database.read(
    sql`SELECT count(*) AS items, coalesce(sum(size_bytes), 0) AS bytes FROM media_items WHERE ${matches(database, selection)}`,
  );
  return { items: Number(row?.items), sizeBytes: Number(row?.bytes) };
}

/**
 * Removes the rows of up to `limit` items for good, and returns what they were. They are locked as they are found:
 * PostgreSQL would remove one that was restored in between, as it evaluates only the outer condition again.
 */
export async function purgeItems(
  database: StatementWriter,
  selection: PurgeSelection,
  limit: number,
): Promise<(PurgedItem & { sizeBytes: number })[]> {
  const { lockRows } = dialectOf(database);
  const rows = await database.writeReturning(sql`
    DELETE FROM media_items WHERE id IN (
      SELECT id FROM media_items WHERE ${matches(database, selection)} ORDER BY id LIMIT ${limit}${lockRows}
    )
    RETURNING id, root_category, relative_path, size_bytes`);
  return rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    sizeBytes: Number(row.size_bytes),
  }));
}

function matches(database: Pick<Database, 'provider'>, { status, before, rootCategories }: PurgeSelection): Sql {
  const dialect = dialectOf(database);
  const keys = rootCategories && JSON.stringify(rootCategories.map((key) => [key]));
  const since = status === 'MISSING' ? sql`missing_since` : sql`deleted_at`;
  return sql`
    shelf_id IN (SELECT id FROM shelves WHERE status = ${status})
    AND coalesce(${since}, updated_at) < ${timestampOf(dialect, before)}
    AND ${keys === null ? sql`1 = 1` : sql`root_category IN (SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(keys)})`}`;
}
