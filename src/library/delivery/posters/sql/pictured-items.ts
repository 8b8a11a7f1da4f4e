import type { Database, RawRow } from '../../../../base/database/database.ts';
import { sql, toDate } from '../../../../base/database/sql.ts';
import { toJson } from '../../../catalogue/sql/media-rows.ts';

/** Reads what must be known of an item to find its picture; null where it is gone. Each tile of a gallery asks for one. */
export async function readPicturedRow(database: Pick<Database, 'read'>, id: number) {
  const [row] = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.signature, m.updated_at, m.poster_path, m.storage_format,
      m.season_number, m.custom_metadata, m.placeholder, s.status, s.media_type
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id WHERE m.id = ${id}`);
  return row === undefined ? null : toPicturedRow(row);
}

function toPicturedRow(row: RawRow) {
  return {
    id: row.id as number,
    category: row.root_category as string,
    relativePath: row.relative_path as string,
    signature: row.signature as string,
    updatedAt: toDate(row.updated_at),
    posterPath: row.poster_path as string | null,
    storageFormat: row.storage_format as string,
    seasonNumber: row.season_number as number | null,
    customMetadata: toJson(row.custom_metadata),
    placeholder: row.placeholder as string | null,
    status: row.status as string,
    mediaType: row.media_type as string,
  };
}
