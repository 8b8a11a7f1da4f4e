import { setImmediate } from 'node:timers/promises';
import type { Database, Sql } from '../../../base/database/database.ts';
import { dialectOf, join, jsonInteger, raw, sql, timestampOf } from '../../../base/database/sql.ts';
import { and, type SortPosition } from './list-media.ts';
import { capturedAtColumn } from './fact-columns.ts';
import { amongCandidates, type MediaConditions } from './media-conditions.ts';
import { readHighestId } from './list-shuffled.ts';
import type { Shelf } from './shelves.ts';

export const dayMs = 86_400_000;

/** The days since 1970, by the clock of the place, and how many items were recorded on each; days without any may be left out. */
export type DayCounts = Map<number, number>;

/** Reads the counts of whole shelves, which cost what there are days. */
export async function readDays(
  database: Database,
  shelves: readonly Shelf[],
  withoutCompanions: boolean,
): Promise<DayCounts> {
  if (shelves.length === 0) return new Map();
  const rows = await database.read(sql`
    SELECT day, sum(${countOf(withoutCompanions)}) AS items FROM media_days
    WHERE shelf_id IN (${join(shelves.map(({ id }) => id))}) GROUP BY day`);
  return new Map(rows.map((row) => [Number(row.day), Number(row.items)]));
}

/** Reads the first and the last day of whole shelves on which items may have been recorded; null where there was never any. */
export async function readEndDays(
  database: Database,
  shelves: readonly Shelf[],
): Promise<{ first: number; last: number } | null> {
  if (shelves.length === 0) return null;
  // Each of these is one place in the index.
  const ends = shelves.map(
    ({ id }) => sql`SELECT (SELECT min(day) FROM media_days WHERE shelf_id = ${id}) AS first,
      (SELECT max(day) FROM media_days WHERE shelf_id = ${id}) AS last`,
  );
  const [row] = await database.read(
    sql`SELECT min(first) AS first, max(last) AS last FROM (${join(ends, ' UNION ALL ')}) AS ends`,
  );
  return typeof row?.first === 'number' && typeof row.last === 'number' ? { first: row.first, last: row.last } : null;
}

/** Sums the counts of whole shelves up from each of these days, ascending, to the next one, which is not counted. */
export async function readSpans(
  database: Database,
  shelves: readonly Shelf[],
  withoutCompanions: boolean,
  starts: readonly number[],
): Promise<DayCounts> {
  if (shelves.length === 0) return new Map();
  const dialect = dialectOf(database);
  const asked = JSON.stringify(starts.slice(0, -1).map((start, index) => [start, starts[index + 1]]));
  const [start, end] = [jsonInteger(dialect, 0), jsonInteger(dialect, 1)];
  const rows = await database.read(sql`
    SELECT ${start} AS day, (
      SELECT sum(${countOf(withoutCompanions)}) FROM media_days
      WHERE shelf_id IN (${join(shelves.map(({ id }) => id))}) AND day >= ${start} AND day < ${end}) AS items
    FROM ${dialect.jsonRows(asked)}`);
  return new Map(rows.map((row) => [Number(row.day), Number(row.items ?? 0)]));
}

/** Counts the items of each shelf that are no companions, by its id. */
export async function readAlone(database: Database, shelves: readonly Shelf[]): Promise<Map<string, number>> {
  if (shelves.length === 0) return new Map();
  const rows = await database.read(sql`
    SELECT shelf_id, sum(${countOf(true)}) AS items FROM media_days
    WHERE shelf_id IN (${join(shelves.map(({ id }) => id))}) GROUP BY shelf_id`);
  return new Map(rows.map((row) => [String(row.shelf_id), Number(row.items)]));
}

function countOf(withoutCompanions: boolean): Sql {
  return raw(withoutCompanions ? 'item_count - companion_count' : 'item_count');
}

/** The day on which an item was recorded. */
export function dayColumn({ provider }: Pick<Database, 'provider'>): Sql {
  return provider === 'sqlite'
    ? sql`CAST(floor(${capturedAtColumn} / 86400000.0) AS INTEGER)`
    : sql`CAST(floor(extract(epoch FROM ${capturedAtColumn}) / 86400) AS INTEGER)`;
}

const itemsPerStep = 20_000;

/**
 * Counts the items that meet conditions: few candidates at once, else all items of the shelves in steps, so that no
 * statement takes long.
 */
export async function countDays(
  database: Database,
  shelves: readonly Shelf[],
  { conditions, candidates }: MediaConditions,
): Promise<DayCounts> {
  const days: DayCounts = new Map();
  const shelfIds = shelves.map(({ id }) => id);
  if (shelfIds.length === 0 || candidates?.length === 0) return days;
  const day = dayColumn(database);
  const highest = candidates === null ? await readHighestId(database) : itemsPerStep;
  for (let from = 0; from < highest; from += itemsPerStep) {
    const where =
      candidates === null
        ? sql`m.id > ${from} AND m.id <= ${from + itemsPerStep} AND +m.shelf_id IN (${join(shelfIds)})`
        : amongCandidates(database, candidates, shelfIds);
    const rows = await database.read(
      sql`SELECT ${day} AS day, count(*) AS items FROM media_items AS m WHERE ${where}${and(conditions)} GROUP BY 1`,
    );
    for (const row of rows) days.set(Number(row.day), (days.get(Number(row.day)) ?? 0) + Number(row.items));
    await setImmediate();
  }
  return days;
}

/** Counts the items of a list that were recorded on the day of a position and come before it in the list's direction. */
export async function countBeforeOnDay(
  database: Database,
  { shelves, conditions }: Pick<MediaConditions, 'conditions'> & { shelves: readonly Shelf[] },
  { value, id }: SortPosition,
  descending: boolean,
): Promise<number> {
  const dialect = dialectOf(database);
  const stamp = (ms: number) => timestampOf(dialect, new Date(ms));
  const time = Number(value);
  const dayStart = Math.floor(time / dayMs) * dayMs;
  const range = descending
    ? sql`${capturedAtColumn} >= ${stamp(time)} AND ${capturedAtColumn} < ${stamp(dayStart + dayMs)}`
    : sql`${capturedAtColumn} >= ${stamp(dayStart)} AND ${capturedAtColumn} <= ${stamp(time)}`;
  const comparison = raw(descending ? '>' : '<');
  const [row] = await database.read(sql`
    SELECT count(*) AS items FROM media_items AS m
    WHERE m.shelf_id IN (${join(shelves.map((shelf) => shelf.id))}) AND ${range}
      AND (${capturedAtColumn}, m.id) ${comparison} (${stamp(time)}, ${id})${and(conditions)}`);
  return Number(row?.items ?? 0);
}
