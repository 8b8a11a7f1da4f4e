import type { Database } from '../../../base/database/database.ts';
import { join, numbersOf, raw, sql } from '../../../base/database/sql.ts';
import { conditionsOf } from './group-items.ts';
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

const placesPerStatement = 100;

/** Returns the id of what comes next to each place, in an order or against it; those without a neighbour are left out. */
export async function findNeighbours(
  database: Database,
  places: readonly PlayedPlace[],
  direction: 'next' | 'previous',
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const [comparison, sorted] = direction === 'next' ? [raw('>'), raw('ASC')] : [raw('<'), raw('DESC')];
  for (let from = 0; from < places.length; from += placesPerStatement) {
    const reads = places.slice(from, from + placesPerStatement).map((place, index) => {
      const { onShelf, valueOf } = sortColumnOf(place.order);
      const value = onShelf?.value ?? valueOf(database);
      return sql`SELECT * FROM (
        SELECT ${raw(String(from + index))} AS place, m.id FROM media_items AS m
        WHERE m.shelf_id = ${place.shelfId} AND ${join(conditionsOf(database, place), ' AND ')}
          AND ${value} ${comparison}= ${place.value} AND (${value}, m.id) ${comparison} (${place.value}, ${place.id})
          AND m.companion_of IS NULL
        ORDER BY ${value} ${sorted}, m.id ${sorted} LIMIT 1) AS place_${raw(String(index))}`;
    });
    for (const row of await database.read(join(reads, ' UNION ALL '))) {
      const place = places[Number(row.place)];
      if (place) found.set(place.id, Number(row.id));
    }
  }
  return found;
}
