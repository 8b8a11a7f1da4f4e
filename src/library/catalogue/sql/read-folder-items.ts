import type { Database } from '../../../base/database/database.ts';
import { empty, sql } from '../../../base/database/sql.ts';

/** The file of an available item below a folder. */
export interface FolderItem {
  relativePath: string;
  sizeBytes: number;
  mimeType: string | null;
}

const defaultPageSize = 1000;

/**
 * Yields the available items whose files lie below a folder of a category's root, at any depth, in byte order of their
 * paths, a page at a time. `folder` is relative to the root, without a slash at its end; empty for the root itself.
 */
export async function* readFolderItems(
  database: Database,
  rootCategory: string,
  folder: string,
  pageSize = defaultPageSize,
): AsyncGenerator<FolderItem[]> {
  // The folder is a range of the index (`0` is the byte after `/`); LIKE would take `%` and `_` in a name for
  // wildcards.
  const end = folder === '' ? empty : sql` AND m.relative_path < ${`${folder}0`}`;
  let last = folder === '' ? '' : `${folder}/`;
  for (;;) {
    // The unary plus rules out the shelf's index: the path's index has the range in its order.
    const rows = await database.read(sql`
      SELECT m.relative_path, m.size_bytes, m.mime_type FROM media_items AS m
      WHERE m.root_category = ${rootCategory} AND m.relative_path > ${last}${end}
        AND +m.shelf_id IN (SELECT id FROM shelves WHERE status = 'AVAILABLE')
      ORDER BY m.relative_path LIMIT ${pageSize}`);
    const page = rows.map((row) => ({
      relativePath: row.relative_path as string,
      sizeBytes: Number(row.size_bytes),
      mimeType: row.mime_type as string | null,
    }));
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    last = page.at(-1)?.relativePath ?? last;
  }
}
