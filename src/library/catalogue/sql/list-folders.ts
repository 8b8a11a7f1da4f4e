import type { Database } from '../../../base/database/database.ts';
import { dialectOf, empty, join, joinItems, jsonInteger, raw, sql } from '../../../base/database/sql.ts';
import type { FolderPlace } from './direct-files.ts';

/** A folder and all that lies below it. */
export interface CountedFolder extends FolderPlace {
  id: number;
  sortKey: string;
  itemCount: number;
  sizeBytes: number;
}

interface FolderList {
  parent: FolderPlace;
  /** Only items on these shelves count, and folders without any are left out. */
  shelfIds: readonly number[];
  descending: boolean;
  /** Only folders after this position are listed, in the direction of the list. */
  after: Pick<CountedFolder, 'sortKey' | 'id'> | null;
  limit: number;
}

/** Reads a page of the folders in a folder, in the order of their names. */
export async function listFolders(
  database: Database,
  { parent, shelfIds, descending, after, limit }: FolderList,
): Promise<CountedFolder[]> {
  if (shelfIds.length === 0) return [];
  const { category, path } = parent;
  const parentId =
    path === '' ? sql`0` : sql`(SELECT id FROM media_folders WHERE root_category = ${category} AND path = ${path})`;
  const counts = sql`media_folder_counts AS c WHERE c.folder_id = f.id AND c.shelf_id IN (${join([...shelfIds])})`;
  const direction = raw(descending ? 'DESC' : 'ASC');
  const comparison = raw(descending ? '<' : '>');
  const behind = after === null ? empty : sql` AND (f.sort_key, f.id) ${comparison} (${after.sortKey}, ${after.id})`;
  const rows = await database.read(sql`
    SELECT f.id, f.path, f.sort_key, (SELECT sum(c.item_count) FROM ${counts}) AS items,
      (SELECT sum(c.size_bytes) FROM ${counts}) AS size_bytes
    FROM media_folders AS f
    WHERE f.root_category = ${category} AND f.parent_id = ${parentId}${behind}
      AND EXISTS (SELECT 1 FROM ${counts} AND c.item_count > 0)
    ORDER BY f.sort_key ${direction}, f.id ${direction} LIMIT ${limit}`);
  return rows.map((row) => ({
    id: Number(row.id),
    category,
    path: String(row.path),
    sortKey: String(row.sort_key),
    itemCount: Number(row.items),
    sizeBytes: Number(row.size_bytes),
  }));
}

/** Among so many of its first items, those are looked for that may stand for a folder. */
const coversAmong = 100;

/** Reads the ids of the first items below each folder, by their paths. */
export async function readCoverIds(
  database: Database,
  folders: readonly FolderPlace[],
  shelfIds: readonly number[],
  limit: number,
): Promise<number[][]> {
  if (folders.length === 0 || shelfIds.length === 0) return folders.map(() => []);
  const dialect = dialectOf(database);
  const asked = JSON.stringify(
    folders.map(({ category, path }, place) => [
      place,
      category,
      // The folder is a range of paths: `0` is the byte after `/`.
      path === '' ? '' : `${path}/`,
      path === '' ? afterAllPaths : `${path}0`,
    ]),
  );
  // The first that may stand for it ends the search. Both databases keep the order of the rows within.
  const ids = sql`
    SELECT first.id FROM (
      SELECT i.id, i.shelf_id FROM media_items AS i
      WHERE i.root_category = asked.category AND i.relative_path > asked.starts AND i.relative_path < asked.ends
      ORDER BY i.relative_path LIMIT ${coversAmong}
    ) AS first
    WHERE first.shelf_id IN (${join([...shelfIds])}) LIMIT ${limit}`;
  const rows = await database.read(sql`
    SELECT asked.place, m.id FROM (
      SELECT ${jsonInteger(dialect, 0)} AS place, ${dialect.jsonText(1)} AS category, ${dialect.jsonText(2)} AS starts, ${dialect.jsonText(3)} AS ends
      FROM ${dialect.jsonRows(asked)}
    ) AS asked ${joinItems(database, ids)} ORDER BY asked.place, m.relative_path`);
  const found = folders.map((): number[] => []);
  for (const row of rows) found[Number(row.place)]?.push(Number(row.id));
  return found;
}

/** It comes after all paths. */
const afterAllPaths = '\u{10ffff}';
