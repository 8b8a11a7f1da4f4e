import type { Database } from '../database.ts';
import { sql } from '../sql.ts';

/** What a scan needs to know of an item to compare it with the disk. */
export interface CataloguedFile {
  id: number;
  relativePath: string;
  signature: string;
  shelfId: number;
}

const pageSize = 2000;

/**
 * The items whose files lie in a category's root, in byte order of their paths, a page at a time. Rows that change
 * behind the reader do not disturb it: each page starts after the last path of the one before.
 */
export async function* readCatalogued(database: Database, rootCategory: string): AsyncGenerator<CataloguedFile[]> {
  let last = '';
  for (;;) {
    const rows = await database.read(sql`
      SELECT id, relative_path, signature, shelf_id FROM media_items
      WHERE root_category = ${rootCategory} AND relative_path > ${last}
      ORDER BY relative_path LIMIT ${pageSize}`);
    if (rows.length === 0) return;
    const page = rows.map((row) => ({
      id: row.id as number,
      relativePath: row.relative_path as string,
      signature: row.signature as string,
      shelfId: row.shelf_id as number,
    }));
    yield page;
    if (page.length < pageSize) return;
    last = page.at(-1)?.relativePath ?? last;
  }
}
