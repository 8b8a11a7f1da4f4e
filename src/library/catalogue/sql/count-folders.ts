import type { Database, RawRow, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';

/** Items that came to a place (1 each), or went from there (-1 each). */
export interface PlacedItems {
  rootCategory: string;
  relativePath: string;
  shelfId: number;
  itemCount: number;
  sizeBytes: number;
}

/** What is to be added to the counts of a folder. */
export interface FolderChange {
  rootCategory: string;
  /** From the root, without a slash at its end. */
  path: string;
  /** That of the folder above; null for one in the root itself. */
  parent: string | null;
  sortKey: string;
  shelfId: number;
  itemCount: number;
  sizeBytes: number;
}

/** Whether something waits to be counted. */
export async function hasUncounted(database: Database): Promise<boolean> {
  const isNew =
    database.provider === 'sqlite'
      ? sql` OR EXISTS (SELECT 1 FROM media_items WHERE id > (SELECT counted_up_to FROM media_folder_state))`
      : sql``;
  const [row] = await database.read(
    sql`SELECT CASE WHEN EXISTS (SELECT 1 FROM media_folder_changes)${isNew} THEN 1 ELSE 0 END AS waits`,
  );
  return Number(row?.waits) === 1;
}

/** Takes up to `limit` things that are to be counted: whoever takes them counts them in the same transaction. */
export async function takeUncounted(transaction: StatementWriter, limit: number): Promise<PlacedItems[]> {
  const changes = await transaction.writeReturning(sql`
    DELETE FROM media_folder_changes WHERE id IN (SELECT id FROM media_folder_changes ORDER BY id LIMIT ${limit})
    RETURNING root_category, relative_path, shelf_id, item_count, size_bytes`);
  const placed = changes.map(toPlacedItems);
  if (transaction.provider === 'postgresql' || placed.length >= limit) return placed;
  const items = await transaction.writeReturning(sql`
    SELECT id, root_category, relative_path, shelf_id, 1 AS item_count, size_bytes FROM media_items
    WHERE id > (SELECT counted_up_to FROM media_folder_state) ORDER BY id LIMIT ${limit - placed.length}`);
  const last = items.at(-1)?.id as number | undefined;
  if (last !== undefined) await transaction.write(sql`UPDATE media_folder_state SET counted_up_to = ${last}`);
  return [...placed, ...items.map(toPlacedItems)];
}

function toPlacedItems(row: RawRow): PlacedItems {
  return {
    rootCategory: String(row.root_category),
    relativePath: String(row.relative_path),
    shelfId: Number(row.shelf_id),
    itemCount: Number(row.item_count),
    sizeBytes: Number(row.size_bytes),
  };
}

/** Adds to the counts of folders. Those above come before those below. A folder that has nothing any more is gone. */
export async function addToFolders(transaction: StatementWriter, changes: readonly FolderChange[]): Promise<void> {
  const dialect = dialectOf(transaction);
  // A folder is found by the one above, so each depth is a statement.
  for (const folders of byDepth(changes)) {
    const rows = folders.map(({ rootCategory, path, parent, sortKey }) => [rootCategory, path, parent, sortKey]);
    await transaction.write(sql`
      INSERT INTO media_folders (root_category, path, parent_id, sort_key)
      SELECT ${dialect.jsonText(0)}, ${dialect.jsonText(1)}, coalesce(p.id, 0), ${dialect.jsonText(3)}
      FROM ${dialect.jsonRows(JSON.stringify(rows))}
      LEFT JOIN media_folders AS p ON p.root_category = ${dialect.jsonText(0)} AND p.path = ${dialect.jsonText(2)}
      WHERE true ON CONFLICT (root_category, path) DO NOTHING`);
  }
  const counts = changes.map((change) => [
    change.rootCategory,
    change.path,
    change.shelfId,
    change.itemCount,
    change.sizeBytes,
  ]);
  const folders = sql`${dialect.jsonRows(JSON.stringify(counts))}
    CROSS JOIN media_folders AS f WHERE f.root_category = ${dialect.jsonText(0)} AND f.path = ${dialect.jsonText(1)}`;
  await transaction.write(sql`
    INSERT INTO media_folder_counts AS c (folder_id, shelf_id, item_count, size_bytes)
    SELECT f.id, ${jsonInteger(dialect, 2)}, ${jsonInteger(dialect, 3)}, ${jsonInteger(dialect, 4)} FROM ${folders}
    ON CONFLICT (folder_id, shelf_id) DO UPDATE SET
      item_count = c.item_count + excluded.item_count, size_bytes = c.size_bytes + excluded.size_bytes`);
  if (changes.every(({ itemCount }) => itemCount > 0)) return;
  const touched = sql`SELECT f.id FROM ${folders}`;
  await transaction.write(sql`DELETE FROM media_folder_counts WHERE item_count = 0 AND folder_id IN (${touched})`);
  await transaction.write(sql`
    DELETE FROM media_folders
    WHERE id IN (${touched}) AND NOT EXISTS (SELECT 1 FROM media_folder_counts AS c WHERE c.folder_id = media_folders.id)`);
}

/** What is to be added to the count of an ending. */
export interface ExtensionChange {
  shelfId: number;
  /** Of which ASCII's letters are lower. */
  extension: string;
  itemCount: number;
}

export async function addToExtensions(
  transaction: StatementWriter,
  changes: readonly ExtensionChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const dialect = dialectOf(transaction);
  const rows = changes.map(({ shelfId, extension, itemCount }) => [shelfId, extension, itemCount]);
  await transaction.write(sql`
    INSERT INTO media_extension_counts AS c (shelf_id, extension, item_count)
    SELECT ${jsonInteger(dialect, 0)}, ${dialect.jsonText(1)}, ${jsonInteger(dialect, 2)}
    FROM ${dialect.jsonRows(JSON.stringify(rows))} WHERE true
    ON CONFLICT (shelf_id, extension) DO UPDATE SET item_count = c.item_count + excluded.item_count`);
}

function byDepth(changes: readonly FolderChange[]): FolderChange[][] {
  const depths: FolderChange[][] = [];
  for (const change of changes) (depths[change.path.split('/').length] ??= []).push(change);
  return depths.filter((folders) => folders !== undefined);
}
