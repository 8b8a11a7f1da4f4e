import type { Database, Sql } from '../../../base/database/database.ts';
import { join, sql } from '../../../base/database/sql.ts';
import type { Shuffle } from '../shuffle.ts';
import { and } from './list-media.ts';
import { amongCandidates, maxCandidates, type MediaConditions } from './media-conditions.ts';
import { mediaColumns, toMediaRecord, type MediaRecord } from './media-rows.ts';
import type { Shelf } from './shelves.ts';

export interface ListShuffledStatement extends MediaConditions {
  shelves: readonly Shelf[];
  shuffle: Shuffle;
  descending: boolean;
  /** Only items after this rank are listed, in the direction of the list. */
  after: number | null;
  limit: number;
}

export interface ShuffledMedia {
  record: MediaRecord;
  rank: number;
}

const maxLookups = 5000;

/**
 * Reads a page of media items in the order of a shuffle of their ids. A few items are read and ordered; of many, the ids
 * are looked up one after the other as the shuffle gives them, until the page is full: that costs the page and the share of the
 * catalogue that the list leaves out.
 */
export async function listShuffled(database: Database, list: ListShuffledStatement): Promise<ShuffledMedia[]> {
  const { shelves, candidates, after, descending, limit, shuffle } = list;
  const total = shelves.reduce((sum, { itemCount }) => sum + itemCount, 0);
  if (total === 0 || candidates?.length === 0) return [];
  const size = 2 ** shuffle.bits;
  if (candidates !== null || total <= maxCandidates) {
    const ranks = (await readIds(database, list))
      .filter((id) => id < size)
      .map((id) => shuffle.rankOf(id))
      .filter((rank) => after === null || (descending ? rank < after : rank > after))
      .toSorted((a, b) => (descending ? b - a : a - b));
    return readRanks(database, list, ranks.slice(0, limit));
  }
  const found: ShuffledMedia[] = [];
  const step = descending ? -1 : 1;
  let rank = after === null ? (descending ? size - 1 : 0) : after + step;
  let lookups = Math.min(maxLookups, Math.ceil((limit * size) / total));
  while (found.length < limit && rank >= 0 && rank < size) {
    const ranks: number[] = [];
    for (; ranks.length < lookups && rank >= 0 && rank < size; rank += step) ranks.push(rank);
    found.push(...(await readRanks(database, list, ranks)));
    lookups = Math.min(maxLookups, lookups * 2);
  }
  return found.slice(0, limit);
}

async function readIds(database: Database, list: ListShuffledStatement): Promise<number[]> {
  const rows = await database.read(sql`
    SELECT m.id FROM media_items AS m WHERE ${onShelves(database, list)}${and(list.conditions)}`);
  return rows.map((row) => Number(row.id));
}

function onShelves(database: Database, { candidates, shelves }: ListShuffledStatement): Sql {
  const shelfIds = shelves.map(({ id }) => id);
  return candidates === null ? sql`m.shelf_id IN (${join(shelfIds)})` : amongCandidates(database, candidates, shelfIds);
}

/** Reads the items of these ranks that belong to the list, in the order of the ranks. */
async function readRanks(
  database: Database,
  { shelves, conditions, shuffle }: ListShuffledStatement,
  ranks: readonly number[],
): Promise<ShuffledMedia[]> {
  const byId = new Map(ranks.map((rank) => [shuffle.numberAt(rank), rank]));
  const shelfById = new Map(shelves.map((shelf) => [shelf.id, shelf]));
  const among = amongCandidates(database, [...byId.keys()], [...shelfById.keys()]);
  const rows = await database.read(sql`SELECT ${mediaColumns} FROM media_items AS m WHERE ${among}${and(conditions)}`);
  const records = new Map(
    rows.map((row) => [row.id as number, toMediaRecord(row, shelfById.get(row.shelf_id as number) as Shelf)]),
  );
  return Array.from(byId, ([id, rank]) => ({ record: records.get(id), rank })).filter(
    (item): item is ShuffledMedia => item.record !== undefined,
  );
}

/** Returns the highest id of all media items; 0 where there are none. */
export async function readHighestId(database: Database): Promise<number> {
  const [row] = await database.read(sql`SELECT max(id) AS highest FROM media_items`);
  return Number(row?.highest ?? 0);
}
