import type { Database, RawRow } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';

/** Reads the ids of files of a category that a scan has just stored, the new ones apart from the others. */
export async function readStored(
  database: Database,
  rootCategory: string,
  files: readonly { relativePath: string }[],
  now: Date,
): Promise<{ added: number[]; updated: number[] }> {
  const dialect = dialectOf(database);
  const paths = JSON.stringify(files.map(({ relativePath }) => [relativePath]));
  const rows = await database.read(sql`
    SELECT id, CASE WHEN created_at = ${timestampOf(dialect, now)} THEN 1 ELSE 0 END AS is_new FROM media_items
    WHERE root_category = ${rootCategory}
      AND relative_path IN (SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(paths)})`);
  return partition(rows);
}

/** Reads the ids of up to `limit` items of a category that were created or changed since then. */
export async function readChangedSince(
  database: Database,
  rootCategory: string,
  since: Date,
  limit: number,
): Promise<{ added: number[]; updated: number[] }> {
  const start = timestampOf(dialectOf(database), since);
  const rows = await database.read(sql`
    SELECT id, CASE WHEN created_at >= ${start} THEN 1 ELSE 0 END AS is_new FROM media_items
    WHERE shelf_id IN (SELECT id FROM shelves) AND updated_at >= ${start} AND root_category = ${rootCategory}
    LIMIT ${limit}`);
  return partition(rows);
}

function partition(rows: readonly RawRow[]): { added: number[]; updated: number[] } {
  const idsOf = (isNew: number) => rows.filter((row) => row.is_new === isNew).map((row) => row.id as number);
  return { added: idsOf(1), updated: idsOf(0) };
}
