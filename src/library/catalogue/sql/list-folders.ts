import type { Database } from '../../../base/database/database.ts';
import { empty, join, raw, sql, type Sql } from '../../../base/database/sql.ts';
import type { FolderPlace } from './direct-files.ts';
import { isBelowFolder } from './path-conditions.ts';

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
  const each = folders.map(
    (folder, index) => sql`SELECT * FROM (${coversOf(folder, index, shelfIds, limit)}) AS ${raw(`covers_${index}`)}`,
  );
  const rows = await database.read(sql`${join(each, ' UNION ALL ')} ORDER BY folder, relative_path`);
  const ids = folders.map((): number[] => []);
  for (const row of rows) ids[Number(row.folder)]?.push(Number(row.id));
  return ids;
}

function coversOf(folder: FolderPlace, index: number, shelfIds: readonly number[], limit: number): Sql {
  return sql`
    SELECT first.id, first.relative_path, ${raw(String(index))} AS folder FROM (
      SELECT m.id, m.relative_path, m.shelf_id FROM media_items AS m WHERE ${isBelowFolder(folder)}
      ORDER BY m.relative_path LIMIT ${coversAmong}
    ) AS first
    WHERE first.shelf_id IN (${join([...shelfIds])}) ORDER BY first.relative_path LIMIT ${limit}`;
}
