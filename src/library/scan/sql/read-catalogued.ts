import type { Database, RawRow } from '../../../base/database/database.ts';
import { empty, sql } from '../../../base/database/sql.ts';

/** What a scan needs to know of an item to compare it with the disk. */
export interface CataloguedFile {
  id: number;
  relativePath: string;
  signature: string;
  /** That of the XMP file beside it, when it was last seen. */
  sidecarSignature?: string | null;
  shelfId: number;
}

const pageSize = 2000;

/**
 * Yields the items whose files lie in a category's root, or at one place of it and below, in byte order of their paths,
 * a page at a time. Rows that change behind the reader do not disturb it: each page starts after the last path of the
 * one before.
 */
export async function* readCatalogued(
  database: Database,
  rootCategory: string,
  place = '',
): AsyncGenerator<CataloguedFile[]> {
  // All paths below a folder sort between its path with `/` and its path with `0`, the character after `/`.
  const end = place === '' ? empty : sql` AND relative_path < ${`${place}0`}`;
  if (place !== '') yield await readAt(database, rootCategory, place);
  let last = place === '' ? '' : `${place}/`;
  for (;;) {
    const rows = await database.read(sql`
      SELECT id, relative_path, signature, sidecar_signature, shelf_id FROM media_items
      WHERE root_category = ${rootCategory} AND relative_path > ${last}${end}
      ORDER BY relative_path LIMIT ${pageSize}`);
    if (rows.length === 0) return;
    const page = rows.map(toCatalogued);
    yield page;
    if (page.length < pageSize) return;
    last = page.at(-1)?.relativePath ?? last;
  }
}

async function readAt(database: Database, rootCategory: string, relativePath: string): Promise<CataloguedFile[]> {
  const rows = await database.read(sql`
    SELECT id, relative_path, signature, sidecar_signature, shelf_id FROM media_items
    WHERE root_category = ${rootCategory} AND relative_path = ${relativePath}`);
  return rows.map(toCatalogued);
}

function toCatalogued(row: RawRow): CataloguedFile {
  return {
    id: row.id as number,
    relativePath: row.relative_path as string,
    signature: row.signature as string,
    sidecarSignature: row.sidecar_signature as string | null,
    shelfId: row.shelf_id as number,
  };
}
