import type { Database, RawRow, StatementWriter } from '../../../base/database/database.ts';
import {
  dialectOf,
  empty,
  join,
  joinItems,
  jsonInteger,
  numbersOf,
  raw,
  sql,
  type Sql,
} from '../../../base/database/sql.ts';
import { mediaColumns, toMediaRecord, type MediaRecord } from './media-rows.ts';
import type { Shelf } from './shelves.ts';

/** What copies have in common. Hashes decide; the sizes only keep apart what can be no copy. */
export interface DuplicateKey {
  sha256: string;
  sizeBytes: number;
}

/** Available items with the same bytes. */
export interface DuplicateGroup extends DuplicateKey {
  count: number;
  /** What all copies but one take. */
  wastedBytes: number;
}

/** A place in the list of groups. */
export type DuplicatePosition = Pick<DuplicateGroup, 'sha256' | 'sizeBytes' | 'wastedBytes'>;

interface DuplicatesStatement {
  /** Groups with a copy in any of these; null for all groups. */
  categories: readonly string[] | null;
  descending: boolean;
  after: DuplicatePosition | null;
  limit: number;
}

/** The rows of a group stand under each of its categories, and under this one once. */
const everyCategory = '';

/** Under this one stands each hash that several items have, also those that are missing, hidden or empty. */
const anyItem = '*';

/** Reads groups by the bytes that they waste. Each category is read from the index, just as far as the page needs. */
export async function listDuplicates(database: Database, list: DuplicatesStatement): Promise<DuplicateGroup[]> {
  const direction = raw(list.descending ? 'DESC' : 'ASC');
  const order = sql`ORDER BY wasted_bytes ${direction}, sha256 ${direction}, size_bytes ${direction} LIMIT ${list.limit}`;
  const { after } = list;
  const isAfter =
    after === null
      ? empty
      : sql` AND (wasted_bytes, sha256, size_bytes) ${raw(list.descending ? '<' : '>')}
          (${after.wastedBytes}, ${after.sha256}, ${after.sizeBytes})`;
  const categories = list.categories ?? [everyCategory];
  if (categories.length === 0) return [];
  const reads = inParts(categories, Math.ceil(categories.length / maxReads)).map(
    (part, index) => sql`SELECT * FROM (
      SELECT DISTINCT sha256, size_bytes, item_count, wasted_bytes FROM duplicate_groups
      WHERE category IN (${join(part)})${isAfter} ${order}
    ) AS part_${raw(String(index))}`,
  );
  const rows = await database.read(
    sql`SELECT sha256, size_bytes, item_count, wasted_bytes FROM (${join(reads, ' UNION ')}) AS page ${order}`,
  );
  return rows.map((row) => ({
    sha256: String(row.sha256),
    sizeBytes: Number(row.size_bytes),
    count: Number(row.item_count),
    wastedBytes: Number(row.wasted_bytes),
  }));
}

/** SQLite joins 500 SELECTs at most. */
const maxReads = 200;

function inParts<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, part) =>
    values.slice(part * size, (part + 1) * size),
  );
}

/** Counts the groups with a copy in any of the categories, and the bytes that they waste. */
export async function sumDuplicates(
  database: Database,
  categories: readonly string[] | null,
): Promise<{ groups: number; wastedBytes: number }> {
  if (categories?.length === 0) return { groups: 0, wastedBytes: 0 };
  const [first, ...others] = categories ?? [everyCategory];
  const groups =
    others.length === 0
      ? sql`duplicate_groups WHERE category = ${first}`
      : sql`(
          SELECT DISTINCT sha256, size_bytes, wasted_bytes FROM duplicate_groups WHERE category IN (${join([first, ...others])})
        ) AS found`;
  const [row] = await database.read(sql`SELECT count(*) AS groups, sum(wasted_bytes) AS bytes FROM ${groups}`);
  return { groups: Number(row?.groups ?? 0), wastedBytes: Number(row?.bytes ?? 0) };
}

/** Reads the earliest available items of each group, `limit` of them at most, in the order of the groups. */
export async function readCopies(
  database: Database,
  shelves: readonly Shelf[],
  groups: readonly DuplicateKey[],
  limit: number,
): Promise<MediaRecord[][]> {
  const available = new Map(shelves.filter(({ status }) => status === 'AVAILABLE').map((shelf) => [shelf.id, shelf]));
  const copies: MediaRecord[][] = groups.map(() => []);
  if (available.size === 0) return copies;
  const dialect = dialectOf(database);
  const asked = JSON.stringify(groups.map(({ sha256, sizeBytes }, place) => [place, sha256, sizeBytes]));
  // The unary plus keeps the databases from walking through all items in the order of their ids.
  const ids = sql`
    SELECT m.id FROM media_items AS m
    WHERE m.sha256 = asked.sha256 AND m.size_bytes = asked.size_bytes AND +m.shelf_id IN (${join([...available.keys()])})
    ORDER BY +m.id LIMIT ${limit}`;
  const rows = await database.read(sql`
    SELECT page.place, ${mediaColumns}
    FROM (
      SELECT asked.place, m.id
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS place, ${dialect.jsonText(1)} AS sha256, ${jsonInteger(dialect, 2)} AS size_bytes
        FROM ${dialect.jsonRows(asked)}
      ) AS asked ${joinItems(database, ids)}
    ) AS page
    JOIN media_items AS m ON m.id = page.id ORDER BY page.place, page.id`);
  for (const row of rows) {
    copies[Number(row.place)]?.push(toMediaRecord(row, available.get(row.shelf_id as number) as Shelf));
  }
  return copies;
}

/**
 * A SELECT of the hashes that several items may have: all that do, and those of which a note was not counted yet. Some are
 * there twice.
 */
export const sharedHashes = sql`
  SELECT sha256 FROM duplicate_groups WHERE category = ${anyItem} UNION ALL SELECT sha256 FROM duplicate_changes`;

export interface DuplicateChange {
  id: number;
  sha256: string;
}

/** Reads which hashes have to be counted anew, the earliest notes first. */
export async function readDuplicateChanges(database: Database, limit: number): Promise<DuplicateChange[]> {
  const rows = await database.read(sql`SELECT id, sha256 FROM duplicate_changes ORDER BY id LIMIT ${limit}`);
  return rows.map((row) => ({ id: Number(row.id), sha256: String(row.sha256) }));
}

/**
 * Counts the copies of hashes anew and forgets the notes, at once: whatever changes meanwhile writes a note of its own.
 * Empty files waste nothing, and are no group.
 */
export async function countCopies(transaction: StatementWriter, changes: readonly DuplicateChange[]): Promise<void> {
  const dialect = dialectOf(transaction);
  await dialect.lock(transaction, 'duplicate groups');
  const hashes = [...new Set(changes.map(({ sha256 }) => sha256))];
  const ofHashes = sql`sha256 IN (
    SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(JSON.stringify(hashes.map((hash) => [hash])))})`;
  const counted = await transaction.writeReturning(sql`
    SELECT m.sha256, m.size_bytes, s.category, s.status, count(*) AS items
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.${ofHashes} GROUP BY m.sha256, m.size_bytes, s.category, s.status`);
  const rows = [...toSharedHashes(counted), ...toGroups(counted)];
  await transaction.write(sql`DELETE FROM duplicate_groups WHERE ${ofHashes}`);
  if (rows.length > 0) await transaction.write(insertGroups(dialect, rows));
  const ids = changes.map(({ id }) => id);
  await transaction.write(sql`DELETE FROM duplicate_changes WHERE id IN (${numbersOf(transaction, ids)})`);
}

type GroupRow = [sha256: string, sizeBytes: number, category: string, count: number, wastedBytes: number];

function toSharedHashes(counted: readonly RawRow[]): GroupRow[] {
  const counts = new Map<string, number>();
  for (const { sha256, items } of counted) {
    counts.set(String(sha256), (counts.get(String(sha256)) ?? 0) + Number(items));
  }
  return [...counts].flatMap(([sha256, count]): GroupRow[] => (count > 1 ? [[sha256, 0, anyItem, count, 0]] : []));
}

function toGroups(counted: readonly RawRow[]): GroupRow[] {
  const groups = new Map<string, DuplicateKey & { count: number; categories: string[] }>();
  for (const { sha256, size_bytes: size, category, status, items } of counted) {
    const sizeBytes = Number(size);
    if (status !== 'AVAILABLE' || sizeBytes === 0) continue;
    const name = `${String(sha256)} ${sizeBytes}`;
    const group = groups.get(name) ?? { sha256: String(sha256), sizeBytes, count: 0, categories: [everyCategory] };
    group.count += Number(items);
    group.categories.push(String(category));
    groups.set(name, group);
  }
  return [...groups.values()]
    .filter(({ count }) => count > 1)
    .flatMap(({ sha256, sizeBytes, count, categories }) =>
      categories.map((category): GroupRow => [sha256, sizeBytes, category, count, sizeBytes * (count - 1)]),
    );
}

function insertGroups(dialect: ReturnType<typeof dialectOf>, rows: readonly GroupRow[]): Sql {
  return sql`
    INSERT INTO duplicate_groups (sha256, size_bytes, category, item_count, wasted_bytes)
    SELECT ${dialect.jsonText(0)}, ${jsonInteger(dialect, 1)}, ${dialect.jsonText(2)}, ${jsonInteger(dialect, 3)},
      ${jsonInteger(dialect, 4)}
    FROM ${dialect.jsonRows(JSON.stringify(rows))}`;
}
