import type { Database } from '../../../base/database/database.ts';
import { dialectOf, empty, jsonInteger, numbersOf, raw, sql } from '../../../base/database/sql.ts';
import { endOfPrefix } from '../groups/group-key.ts';
import { sortColumnOf, type ListField } from './sort-columns.ts';

/** What an item is sorted by in the orders in which items are played. */
export interface PlayedItem {
  id: number;
  shelfId: number;
  pathOrder: string;
  hierarchyOrder: string;
  albumOrder: string | null;
}

export async function readPlayedItems(database: Database, ids: readonly number[]): Promise<PlayedItem[]> {
  const hierarchy = sortColumnOf('HIERARCHY').valueOf(database);
  const rows = await database.read(sql`
    SELECT m.id, m.shelf_id, m.path_order, ${hierarchy} AS hierarchy_order, m.album_order FROM media_items AS m
    WHERE m.id IN (${numbersOf(database, ids)})`);
  return rows.map((row) => ({
    id: Number(row.id),
    shelfId: Number(row.shelf_id),
    pathOrder: row.path_order as string,
    hierarchyOrder: row.hierarchy_order as string,
    albumOrder: row.album_order as string | null,
  }));
}

/** Where an item stands among those that are played with it. */
export interface PlayedPlace {
  id: number;
  /** The shelf of those that can be played. */
  shelfId: number;
  order: ListField;
  value: string;
  /** Only what begins with it is played with the item. */
  prefix: string;
}

/** Returns the id of what comes next to each place, in an order or against it; those without a neighbour are left out. */
export async function findNeighbours(
  database: Database,
  places: readonly PlayedPlace[],
  direction: 'next' | 'previous',
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const dialect = dialectOf(database);
  const [comparison, sorted] = direction === 'next' ? [raw('>'), raw('ASC')] : [raw('<'), raw('DESC')];
  for (const order of new Set(places.map((place) => place.order))) {
    const { onShelf, valueOf } = sortColumnOf(order);
    const value = onShelf?.value ?? valueOf(database);
    const condition = onShelf ? sql` AND ${onShelf.condition}` : empty;
    const asked = places
      .filter((place) => place.order === order)
      .map((place) => [place.id, place.shelfId, place.value, place.prefix, endOfPrefix(place.prefix)]);
    const rows = await database.read(sql`
      SELECT asked.id, (
        SELECT m.id FROM media_items AS m
        WHERE m.shelf_id = asked.shelf_id${condition} AND ${value} >= asked.starts AND ${value} < asked.ends
          AND ${value} ${comparison}= asked.value AND (${value}, m.id) ${comparison} (asked.value, asked.id)
          AND m.companion_of IS NULL
        ORDER BY ${value} ${sorted}, m.id ${sorted} LIMIT 1) AS neighbour
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS id, ${jsonInteger(dialect, 1)} AS shelf_id, ${dialect.jsonText(2)} AS value,
          ${dialect.jsonText(3)} AS starts, ${dialect.jsonText(4)} AS ends
        FROM ${dialect.jsonRows(JSON.stringify(asked))}
      ) AS asked`);
    for (const { id, neighbour } of rows) if (neighbour !== null) found.set(Number(id), Number(neighbour));
  }
  return found;
}
