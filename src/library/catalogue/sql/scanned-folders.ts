import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';

/** A folder of a category: its path, with a `/` at its end, and its signature; null where it has none. */
export type ScannedFolder = readonly [path: string, signature: string | null];

const statementSize = 2000;

/** Yields all scanned folders of a category in path order, a page at a time. */
export async function* readScannedFolders(database: Database, category: string): AsyncGenerator<ScannedFolder[]> {
  let after: string | null = null;
  for (;;) {
    const rows = await database.read(sql`
      SELECT path, signature FROM scanned_folders
      WHERE category = ${category} AND (${after === null ? 1 : 0} = 1 OR path > ${after ?? ''})
      ORDER BY path LIMIT ${statementSize}`);
    if (rows.length === 0) return;
    const page = rows.map((row) => [row.path as string, row.signature as string | null] as const);
    yield page;
    after = page.at(-1)?.[0] ?? null;
  }
}

/** Stores folders in one statement, so a call takes up to a few thousand. */
export async function storeScannedFolders(
  database: Pick<Database, 'write' | 'provider'>,
  category: string,
  folders: readonly ScannedFolder[],
): Promise<void> {
  const dialect = dialectOf(database);
  await database.write(sql`
    INSERT INTO scanned_folders (category, path, signature)
    SELECT ${category}, ${dialect.jsonText(0)}, ${dialect.jsonText(1)}
    FROM ${dialect.jsonRows(JSON.stringify(folders))} WHERE true
    ON CONFLICT (category, path) DO UPDATE SET signature = excluded.signature`);
}

export async function forgetScannedFolders(
  database: Pick<Database, 'write' | 'provider'>,
  category: string,
  paths: readonly string[],
): Promise<void> {
  const dialect = dialectOf(database);
  await database.write(sql`
    DELETE FROM scanned_folders WHERE category = ${category} AND path IN (
      SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(JSON.stringify(paths.map((path) => [path])))}
    )`);
}

/**
 * Makes the next scan look at every file: items of these categories go, and their files, which may stay, are to be
 * found again.
 */
export async function expectFullScan(
  database: Pick<Database, 'write' | 'provider'>,
  rootCategories: readonly string[],
): Promise<void> {
  const dialect = dialectOf(database);
  const keys = JSON.stringify([...new Set(rootCategories)].map((key) => [key]));
  await database.write(sql`
    UPDATE category_scans SET rows_removed_at = ${timestampOf(dialect, new Date())}
    WHERE category IN (SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(keys)})`);
}
