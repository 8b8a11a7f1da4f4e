import type { Database, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, numbersOf, sql } from '../../../base/database/sql.ts';

/** All paths of a category that begin with a text. */
export interface PathRange {
  category: string;
  prefix: string;
}

/** An item as its group needs it. */
export interface GroupRow {
  id: number;
  rootCategory: string;
  relativePath: string;
  filename: string;
  isAvailable: boolean;
  durationSeconds: number | null;
  /** By the clock of the place, as if it showed UTC; null where only the file's time is known. */
  capturedAtMs: number | null;
  capturedSource: string | null;
  companionOf: number | null;
}

/** Reads the items in the ranges, up to a limit; one that is in several comes several times. */
export async function readGroupRows(
  database: Database,
  ranges: readonly PathRange[],
  limit: number,
): Promise<GroupRow[]> {
  const dialect = dialectOf(database);
  const wanted = JSON.stringify(ranges.map(({ category, prefix }) => [category, prefix, endOf(prefix)]));
  // The cross join has SQLite begin with the few ranges.
  const rows = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.filename, m.duration_seconds, m.captured_at, m.captured_source,
      m.companion_of, s.status
    FROM (
      SELECT ${dialect.jsonText(0)} AS category, ${dialect.jsonText(1)} AS first, ${dialect.jsonText(2)} AS beyond
      FROM ${dialect.jsonRows(wanted)}
    ) AS wanted
    CROSS JOIN media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.root_category = wanted.category AND m.relative_path >= wanted.first AND m.relative_path < wanted.beyond
    LIMIT ${limit}`);
  return rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    filename: row.filename as string,
    isAvailable: row.status === 'AVAILABLE',
    durationSeconds: row.duration_seconds as number | null,
    capturedAtMs: row.captured_at === null ? null : Number(row.captured_at),
    capturedSource: row.captured_source as string | null,
    companionOf: row.companion_of as number | null,
  }));
}

/** The first text in byte order behind all that begin with the prefix, which ends in a character of ASCII below `~`. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCodePoint((prefix.codePointAt(prefix.length - 1) ?? 0) + 1);
}

/** Stores which items are shown for others; null for those that stand for themselves. */
export async function storeCompanions(
  database: StatementWriter,
  items: readonly { id: number; companionOf: number | null }[],
): Promise<void> {
  if (items.length === 0) return;
  const dialect = dialectOf(database);
  const rows = JSON.stringify(items.map(({ id, companionOf }) => [id, companionOf]));
  await database.write(sql`
    UPDATE media_items SET companion_of = found.companion_of
    FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${jsonInteger(dialect, 1)} AS companion_of FROM ${dialect.jsonRows(rows)}
    ) AS found
    WHERE media_items.id = found.id`);
}

export interface CompanionChange {
  id: number;
  rootCategory: string;
  relativePath: string;
}

/** Reads where something changed, the earliest first. */
export async function readCompanionChanges(database: Database, limit: number): Promise<CompanionChange[]> {
  const rows = await database.read(
    sql`SELECT id, root_category, relative_path FROM companion_changes ORDER BY id LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
  }));
}

export async function forgetCompanionChanges(
  database: StatementWriter,
  changes: readonly CompanionChange[],
): Promise<void> {
  const ids = changes.map(({ id }) => id);
  await database.write(sql`DELETE FROM companion_changes WHERE id IN (${numbersOf(database, ids)})`);
}

/** Returns the ids of the available companions of items, by the id of the item that is shown for them. */
export async function readCompanionIds(database: Database, ids: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await database.read(sql`
    SELECT m.id, m.companion_of FROM media_items AS m
    WHERE m.companion_of IN (${numbersOf(database, ids)})
      AND m.companion_of IS NOT NULL AND +m.shelf_id IN (SELECT id FROM shelves WHERE status = 'AVAILABLE')
    ORDER BY m.relative_path, m.id`);
  const found = new Map<number, number[]>();
  for (const row of rows) {
    const main = row.companion_of as number;
    found.set(main, [...(found.get(main) ?? []), row.id as number]);
  }
  return found;
}
