import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../base/database/database.ts';
import { empty, numbersOf, type Sql, sql } from '../../../base/database/sql.ts';

/** What a selection means, in SQL. */
export interface SelectedItems {
  /** A condition about a media item `m`. */
  where: Sql;
  except: readonly number[];
  /** Whether the condition names the few items that can be meant. */
  areFew: boolean;
  /** How many they are, where that is known without counting. */
  total?: number;
  /** What SQL cannot say: an item that the condition means is meant only where this is true. */
  keeps?: (id: number) => boolean;
}

/** Reads the lowest ids that the condition means between two ids, in ascending order. */
export async function readSelected(
  database: Database,
  items: SelectedItems,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<number[]> {
  const rows = await database.read(sql`
    SELECT m.id FROM media_items AS m
    WHERE ${items.where} AND m.id > ${after} AND m.id <= ${upTo}${without(database, items.except)}
    ORDER BY m.id LIMIT ${limit}`);
  return rows.map((row) => Number(row.id));
}

/** Counts the items of the selection between two ids, a window of ids at a time, so that no reader waits long. */
export async function countSelected(
  database: Database,
  items: SelectedItems,
  { after, upTo, windowSize }: { after: number; upTo: number; windowSize: number },
): Promise<number> {
  let count = 0;
  const step = items.areFew ? upTo : windowSize;
  for (let start = after; start < upTo; start += step) {
    count += await countBetween(database, items, start, Math.min(start + step, upTo));
    await setImmediate();
  }
  return count;
}

async function countBetween(database: Database, items: SelectedItems, after: number, upTo: number): Promise<number> {
  const { keeps } = items;
  if (keeps) return (await readSelected(database, items, { after, upTo, limit: upTo - after })).filter(keeps).length;
  const [row] = await database.read(sql`
    SELECT count(*) AS items FROM media_items AS m
    WHERE ${items.where} AND m.id > ${after} AND m.id <= ${upTo}${without(database, items.except)}`);
  return Number(row?.items ?? 0);
}

function without(database: Database, ids: readonly number[]): Sql {
  if (ids.length === 0) return empty;
  return sql` AND m.id NOT IN (${numbersOf(database, ids)})`;
}
