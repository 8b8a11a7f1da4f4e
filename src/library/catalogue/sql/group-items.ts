import type { Database, RawRow } from '../../../base/database/database.ts';
import { dialectOf, empty, join, joinItems, jsonInteger, raw, sql, type Sql } from '../../../base/database/sql.ts';
import type { MediaFacts } from '../../metadata/facts/facts.ts';
import { endOfPrefix } from '../groups/group-key.ts';
import { mediaColumns, toMediaRecord, type MediaRecord } from './media-rows.ts';
import type { Shelf } from './shelves.ts';
import { sortColumnOf, type ListField } from './sort-columns.ts';

/** The items of some shelves that begin with a prefix in an order. */
export interface GroupedItems {
  order: ListField;
  prefix: string;
  /** At least one. */
  shelves: readonly Shelf[];
}

/** Returns the conditions of the items of a group, about a media item `m`. */
export function conditionsOf(database: Database, { order, prefix }: Pick<GroupedItems, 'order' | 'prefix'>): Sql[] {
  const value = keyOf(database, order);
  const { onShelf } = sortColumnOf(order);
  const range = sql`${value} >= ${prefix} AND ${value} < ${endOfPrefix(prefix)}`;
  return onShelf ? [onShelf.condition, range] : [range];
}

/** Reads the first items of each group, in its order, `limit` of them at most. */
export async function readFirstOfGroups(
  database: Database,
  groups: readonly GroupedItems[],
  limit: number,
): Promise<MediaRecord[][]> {
  const shelves = new Map(groups.flatMap((group) => group.shelves.map((shelf) => [shelf.id, shelf] as const)));
  const found = groups.map((): MediaRecord[] => []);
  for (const same of byOrderAndShelves(groups)) {
    const [{ order }] = same as [PlacedGroup];
    const rows = await database.read(sql`
      SELECT page.place, ${mediaColumns}
      FROM (
        SELECT asked.place, m.id, ${keyOf(database, order)} AS sort_value FROM ${firstOfEach(database, same, limit)}
      ) AS page
      JOIN media_items AS m ON m.id = page.id
      ORDER BY page.place, page.sort_value, page.id`);
    for (const row of rows) {
      const index = same[Number(row.place)]?.index ?? -1;
      found[index]?.push(toMediaRecord(row, shelves.get(row.shelf_id as number) as Shelf));
    }
  }
  return found;
}

/** What an item tells of the group that it is the first one of. */
export interface GroupSample {
  relativePath: string;
  seasonNumber: number | null;
  artist: string | null;
  album: string | null;
}

/** Reads what the first item of each group tells; null of a group that has none any more. */
export async function readGroupSamples(
  database: Database,
  groups: readonly GroupedItems[],
): Promise<(GroupSample | null)[]> {
  const samples: (GroupSample | null)[] = groups.map(() => null);
  for (const same of byOrderAndShelves(groups)) {
    const facts = raw(same[0]?.order === 'ALBUM' ? 'm.facts' : 'NULL');
    const rows = await database.read(sql`
      SELECT asked.place, m.relative_path, m.season_number, ${facts} AS facts FROM ${firstOfEach(database, same, 1)}`);
    for (const row of rows) samples[same[Number(row.place)]?.index ?? -1] = toSample(row);
  }
  return samples;
}

function toSample(row: RawRow): GroupSample {
  const facts = (typeof row.facts === 'string' ? JSON.parse(row.facts) : row.facts) as MediaFacts | null;
  const { albumArtist = null, artist = null, album = null } = facts?.music ?? {};
  return {
    relativePath: row.relative_path as string,
    seasonNumber: row.season_number as number | null,
    artist: albumArtist ?? artist,
    album,
  };
}

type PlacedGroup = GroupedItems & { index: number };

/** Puts groups together that one statement reads: mostly all that are asked for at once. */
function byOrderAndShelves(groups: readonly GroupedItems[]): PlacedGroup[][] {
  const sorted = new Map<string, PlacedGroup[]>();
  for (const [index, group] of groups.entries()) {
    const name = [group.order, ...group.shelves.map(({ id }) => id)].join(' ');
    sorted.set(name, [...(sorted.get(name) ?? []), { ...group, index }]);
  }
  return [...sorted.values()].filter(([first]) => first !== undefined && first.shelves.length > 0);
}

/** Counts the items of each group, from the index alone where the database can. */
export async function countGroups(database: Database, groups: readonly GroupedItems[]): Promise<number[]> {
  const counts = groups.map(() => 0);
  for (const same of byOrderAndShelves(groups)) {
    const rows = await database.read(sumOfEach(database, same, sql`count(*) AS items`));
    for (const row of rows) counts[same[Number(row.place)]?.index ?? -1] = Number(row.items);
  }
  return counts;
}

/** What the items of a group come to. */
export interface GroupSums {
  sizeBytes: number;
  durationSeconds: number;
}

/** Sums up the items of each group: that reads all of their rows. */
export async function sumGroups(database: Database, groups: readonly GroupedItems[]): Promise<GroupSums[]> {
  const sums = groups.map((): GroupSums => ({ sizeBytes: 0, durationSeconds: 0 }));
  const columns = sql`sum(m.size_bytes) AS size, sum(m.duration_seconds) AS duration`;
  for (const same of byOrderAndShelves(groups)) {
    for (const row of await database.read(sumOfEach(database, same, columns))) {
      const sum = { sizeBytes: Number(row.size ?? 0), durationSeconds: Number(row.duration ?? 0) };
      sums[same[Number(row.place)]?.index ?? -1] = sum;
    }
  }
  return sums;
}

function keyOf(database: Database, order: ListField): Sql {
  const { onShelf, valueOf } = sortColumnOf(order);
  return onShelf?.value ?? valueOf(database);
}

/** Each group as `asked` with its place, joined with its first items `m`; all groups are of one order and of the same shelves. */
function firstOfEach(database: Database, groups: readonly GroupedItems[], limit: number): Sql {
  const [{ order, shelves }] = groups as [GroupedItems];
  const key = keyOf(database, order);
  const ofShelves = shelves.map(
    ({ id }) => sql`SELECT * FROM (
      SELECT m.id, ${key} AS sort_value FROM media_items AS m WHERE m.shelf_id = ${id} AND ${isAsked(database, order)}
      ORDER BY ${key}, m.id LIMIT ${limit}) AS shelf_${raw(String(id))}`,
  );
  const ids = sql`SELECT id FROM (${join(ofShelves, ' UNION ALL ')}) AS firsts ORDER BY sort_value, id LIMIT ${limit}`;
  return sql`${askedGroups(database, groups)} ${joinItems(database, ids)}`;
}

/** Sums up all items of each group, with its place; a group without items may be left out. */
function sumOfEach(database: Database, groups: readonly GroupedItems[], columns: Sql): Sql {
  const [{ order, shelves }] = groups as [GroupedItems];
  const where = sql`m.shelf_id IN (${join(shelves.map(({ id }) => id))}) AND ${isAsked(database, order)}`;
  const asked = askedGroups(database, groups);
  // Either way each group is a range of the index, and not a place in one walk through all items.
  return database.provider === 'sqlite'
    ? sql`SELECT asked.place, ${columns} FROM ${asked} CROSS JOIN media_items AS m ON ${where} GROUP BY asked.place`
    : sql`SELECT asked.place, sums.* FROM ${asked}
        CROSS JOIN LATERAL (SELECT ${columns} FROM media_items AS m WHERE ${where}) AS sums`;
}

function askedGroups(database: Database, groups: readonly GroupedItems[]): Sql {
  const dialect = dialectOf(database);
  const asked = JSON.stringify(groups.map(({ prefix }, place) => [place, prefix, endOfPrefix(prefix)]));
  return sql`(
    SELECT ${jsonInteger(dialect, 0)} AS place, ${dialect.jsonText(1)} AS starts, ${dialect.jsonText(2)} AS ends
    FROM ${dialect.jsonRows(asked)}
  ) AS asked`;
}

/** The condition that an item `m` belongs to a group that is `asked`. */
function isAsked(database: Database, order: ListField): Sql {
  const { onShelf } = sortColumnOf(order);
  const key = keyOf(database, order);
  return sql`${onShelf ? sql`${onShelf.condition} AND ` : empty}${key} >= asked.starts AND ${key} < asked.ends`;
}
