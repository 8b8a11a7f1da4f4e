import { setImmediate } from 'node:timers/promises';
import type { Database, Sql } from '../../../base/database/database.ts';
import { dialectOf, join, raw, sql, timestampOf } from '../../../base/database/sql.ts';
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
  const count = raw(withoutCompanions ? 'item_count - companion_count' : 'item_count');
  const rows = await database.read(sql`
    SELECT day, sum(${count}) AS items FROM media_days
    WHERE shelf_id IN (${join(shelves.map(({ id }) => id))}) GROUP BY day`);
  return new Map(rows.map((row) => [Number(row.day), Number(row.items)]));
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
