import type { Database, RawRow } from '../../../base/database/database.ts';
import { dialectOf, sql } from '../../../base/database/sql.ts';

const mediaStatuses = ['AVAILABLE', 'MISSING', 'DELETED'] as const;
export type MediaStatus = (typeof mediaStatuses)[number];

/** All items of one category, media type and status. */
export interface Shelf {
  id: number;
  category: string;
  mediaType: string;
  status: MediaStatus;
  itemCount: number;
  sizeBytes: number;
}

/** Reads every shelf with its counts: a few dozen rows at most. */
export async function readShelves(database: Database): Promise<Shelf[]> {
  const rows = await database.read(
    sql`SELECT id, category, media_type, status, item_count, size_bytes FROM shelves ORDER BY id`,
  );
  return rows.map(toShelf);
}

/** Turns a row of `shelves` into a shelf. */
export function toShelf(row: RawRow): Shelf {
  return {
    id: Number(row.id),
    category: String(row.category),
    mediaType: String(row.media_type),
    status: String(row.status) as MediaStatus,
    itemCount: Number(row.item_count),
    sizeBytes: Number(row.size_bytes),
  };
}

/** Makes the shelves of a category and media type, one for each status, where they do not exist yet. */
export async function ensureShelves(database: Database, category: string, mediaType: string): Promise<void> {
  const dialect = dialectOf(database);
  const statuses = JSON.stringify(mediaStatuses.map((status) => [status]));
  await database.write(sql`
    INSERT INTO shelves (category, media_type, status)
    SELECT ${category}, ${mediaType}, ${dialect.jsonText(0)} FROM ${dialect.jsonRows(statuses)} WHERE true
    ON CONFLICT DO NOTHING`);
}
