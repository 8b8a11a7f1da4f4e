import type { Database, Sql } from '../../../base/database/database.ts';
import { dialectOf, empty, join, raw, sql, timestampOf } from '../../../base/database/sql.ts';
import { amongCandidates, type MediaConditions } from './media-conditions.ts';
import { mediaColumns, toMediaRecord, type MediaRecord } from './media-rows.ts';
import type { Shelf } from './shelves.ts';
import { sortColumnOf, type ListField } from './sort-columns.ts';

/** A position in a sorted list: the sort value (dates in milliseconds) and the id that breaks ties. */
export interface SortPosition {
  value: string | number;
  id: number;
}

export interface ListMediaStatement extends MediaConditions {
  /** Only items on these shelves are listed. */
  shelves: readonly Shelf[];
  field: ListField;
  descending: boolean;
  /** Only items after this position are listed, in the direction of the list. */
  after: SortPosition | null;
  /** How many items are passed over first. */
  skip: number;
  limit: number;
}

export interface ListedMedia {
  record: MediaRecord;
  position: SortPosition;
}

/**
 * Reads a page of media items in one statement. Each shelf is read from its own index, already sorted and just as far
 * as the page needs, and the shelves are merged: the cost is that of the page, whatever the size of the catalogue, the
 * depth of the page and the rarity of a status.
 */
export async function listMedia(database: Database, list: ListMediaStatement): Promise<ListedMedia[]> {
  const reads =
    list.candidates === null
      ? list.shelves.flatMap((shelf) => readShelf(database, shelf, list) ?? [])
      : readCandidates(database, list.candidates, list);
  if (reads.length === 0) return [];
  const direction = directionOf(list);
  const rows = await database.read(sql`
    SELECT page.sort_value, ${mediaColumns}
    FROM (
      ${join(reads, ' UNION ALL ')}
      ORDER BY sort_value ${direction}, id ${direction} LIMIT ${list.limit} OFFSET ${list.skip}
    ) AS page
    JOIN media_items AS m ON m.id = page.id
    ORDER BY page.sort_value ${direction}, page.id ${direction}`);
  const shelves = new Map(list.shelves.map((shelf) => [shelf.id, shelf]));
  return rows.map((row) => ({
    record: toMediaRecord(row, shelves.get(row.shelf_id as number) as Shelf),
    position: { value: toSortValue(row.sort_value), id: row.id as number },
  }));
}

/**
 * Counts the items on the shelves that meet the conditions; without conditions the shelves' own counts are the answer.
 */
export async function countMedia(
  database: Database,
  shelves: readonly Shelf[],
  { conditions, indexed = conditions, candidates }: MediaConditions,
): Promise<number> {
  if (conditions.length === 0) return shelves.reduce((sum, shelf) => sum + shelf.itemCount, 0);
  if (shelves.length === 0 || candidates?.length === 0) return 0;
  const shelfIds = shelves.map((shelf) => shelf.id);
  const where =
    candidates === null
      ? sql`m.shelf_id IN (${join(shelfIds)})${and(indexed)}`
      : sql`${amongCandidates(database, candidates, shelfIds)}${and(conditions)}`;
  const [row] = await database.read(sql`SELECT count(*) AS items FROM media_items AS m WHERE ${where}`);
  return Number(row?.items ?? 0);
}

function readShelf(database: Database, shelf: Shelf, list: ListMediaStatement): Sql | null {
  const column = sortColumnOf(list.field);
  const shared = column.sharedOn?.(shelf) ?? null;
  const after = afterOnShelf(database, shared, list);
  if (after === null) return null;
  const value = column.onShelf?.value ?? column.valueOf(database);
  const direction = directionOf(list);
  const isIndexed = shared === null && column.onShelf ? sql` AND ${column.onShelf.condition}` : empty;
  const range = list.ranges?.get(list.field);
  return sql`SELECT * FROM (
    SELECT m.id, ${shared === null ? value : sharedValue(database, shared, list)} AS sort_value FROM media_items AS m
    WHERE m.shelf_id = ${shelf.id}${isIndexed}${after}${and(range === undefined ? list.conditions : [range, ...list.conditions])}
    ORDER BY ${shared === null ? sql`${value} ${direction}, ` : empty}m.id ${direction} LIMIT ${list.skip + list.limit}
  ) AS shelf_${raw(String(shelf.id))}`;
}

/** Returns the condition that an item of the shelf stands after `list.after`; null where no item of it can. */
function afterOnShelf(database: Database, shared: string | number | null, list: ListMediaStatement): Sql | null {
  if (list.after === null) return empty;
  const { onShelf, valueOf } = sortColumnOf(list.field);
  const { value, id } = list.after;
  if (shared === null) return sql` AND ${isAfter(database, onShelf?.value ?? valueOf(database), list.after, list)}`;
  if (shared === value) return sql` AND m.id ${comparisonOf(list)} ${id}`;
  return shared > value !== list.descending ? empty : null;
}

function sharedValue(database: Database, shared: string | number, { field }: ListMediaStatement): Sql {
  if (sortColumnOf(field).kind === 'date') return timestampOf(dialectOf(database), new Date(shared));
  return sql`CAST(${shared} AS TEXT)`;
}

function readCandidates(database: Database, candidates: readonly number[], list: ListMediaStatement): Sql[] {
  if (candidates.length === 0 || list.shelves.length === 0) return [];
  const direction = directionOf(list);
  const column = sortColumnOf(list.field).valueOf(database);
  const among = amongCandidates(
    database,
    candidates,
    list.shelves.map((shelf) => shelf.id),
  );
  const after = list.after === null ? empty : sql` AND ${isAfter(database, column, list.after, list)}`;
  return [
    sql`SELECT * FROM (
      SELECT m.id, ${column} AS sort_value FROM media_items AS m
      WHERE ${among}${after}${and(list.conditions)}
      ORDER BY sort_value ${direction}, m.id ${direction} LIMIT ${list.skip + list.limit}
    ) AS candidates`,
  ];
}

function isAfter(database: Database, column: Sql, position: SortPosition, list: ListMediaStatement): Sql {
  const isDate = sortColumnOf(list.field).kind === 'date';
  const value = isDate ? timestampOf(dialectOf(database), new Date(position.value)) : sql`${position.value}`;
  // The first half says nothing new; but where the column is an expression, SQLite finds a place in its index only by it.
  return sql`${column} ${comparisonOf(list)}= ${value} AND (${column}, m.id) ${comparisonOf(list)} (${value}, ${position.id})`;
}

export function and(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? empty : sql` AND ${join(conditions, ' AND ')}`;
}

function comparisonOf({ descending }: ListMediaStatement): Sql {
  return raw(descending ? '<' : '>');
}

function directionOf({ descending }: ListMediaStatement): Sql {
  return raw(descending ? 'DESC' : 'ASC');
}

function toSortValue(value: unknown): string | number {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? value : Number(value);
}
