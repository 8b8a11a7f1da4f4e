import type { Database } from '../../../base/database/database.ts';
import { dialectOf, join, sql, timestampOf, type Sql } from '../../../base/database/sql.ts';
import { createShuffle } from '../shuffle.ts';
import type { FrozenRange } from '../media-range.ts';
import type { SortPosition } from './list-media.ts';
import { maxCandidates } from './media-conditions.ts';
import type { Shelf } from './shelves.ts';
import { sortColumnOf } from './sort-columns.ts';

type SortedRange = Exclude<FrozenRange, { field: 'RANDOM' }>;

/** The condition that an item `m` stands in the range. */
export function isWithin(database: Database, { field, low, high }: SortedRange): Sql {
  const { kind, valueOf } = sortColumnOf(field);
  const column = valueOf(database);
  const toValue = ({ value }: SortPosition) =>
    kind === 'date' ? timestampOf(dialectOf(database), new Date(value)) : sql`${value}`;
  // The first half says nothing new, but finds the place in the index.
  return sql`${column} >= ${toValue(low)} AND ${column} <= ${toValue(high)}
    AND (${column}, m.id) >= (${toValue(low)}, ${low.id}) AND (${column}, m.id) <= (${toValue(high)}, ${high.id})`;
}

/** Returns the ids of all items that can stand in the range, where they are few and soon found; else null. */
export async function readRangeCandidates(
  database: Database,
  shelves: readonly Shelf[],
  range: FrozenRange,
): Promise<number[] | null> {
  if (range.field === 'RANDOM') {
    const { seed, bits, low, high } = range;
    if (high - low >= maxCandidates) return null;
    const shuffle = createShuffle(seed, bits);
    return Array.from({ length: high - low + 1 }, (_, index) => shuffle.numberAt(low + index));
  }
  // Only a column of its own has an index with the shelf before it.
  if (sortColumnOf(range.field).sharedOn !== undefined) return null;
  const rows = await database.read(sql`
    SELECT m.id FROM media_items AS m
    WHERE m.shelf_id IN (${join(shelves.map(({ id }) => id))}) AND ${isWithin(database, range)}
    LIMIT ${maxCandidates + 1}`);
  return rows.length > maxCandidates ? null : rows.map((row) => Number(row.id));
}
