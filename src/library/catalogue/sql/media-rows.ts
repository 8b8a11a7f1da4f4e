import type { Database, Prisma, RawRow } from '../../../base/database/database.ts';
import { numbersOf, raw, sql, toDate, toOptionalDate } from '../../../base/database/sql.ts';
import { toShelf, type MediaStatus, type Shelf } from './shelves.ts';

/** The columns of a media item that leave the database; the others only serve sorting and searching. */
export const mediaItemSelection = {
  id: true,
  rootCategory: true,
  relativePath: true,
  filename: true,
  originalFilename: true,
  storageFormat: true,
  title: true,
  description: true,
  signature: true,
  sizeBytes: true,
  modifiedAt: true,
  mimeType: true,
  sha256: true,
  width: true,
  height: true,
  durationSeconds: true,
  hierarchy: true,
  seasonNumber: true,
  episodeNumber: true,
  lastEpisodeNumber: true,
  airedOn: true,
  discNumber: true,
  discSide: true,
  trackNumber: true,
  uploadedBy: true,
  uploadedAt: true,
  technicalMetadata: true,
  customMetadata: true,
  createdAt: true,
  updatedAt: true,
  lastSeenAt: true,
  missingSince: true,
  deletedAt: true,
  capturedAt: true,
  capturedOffset: true,
  capturedSource: true,
  favourite: true,
  rating: true,
  placeholder: true,
  companionOf: true,
  shelf: { select: { category: true, mediaType: true, status: true } },
} as const satisfies Prisma.MediaItemSelect;

/** A media item as both Prisma and the raw statements return it. */
export type MediaRecord = Prisma.MediaItemGetPayload<{ select: typeof mediaItemSelection }>;

export const mediaColumns = raw(
  `m.id, m.shelf_id, m.root_category, m.relative_path, m.filename, m.original_filename, m.storage_format, m.title,
   m.description, m.signature, m.size_bytes, m.modified_at, m.mime_type, m.sha256, m.width, m.height,
   m.duration_seconds, m.hierarchy, m.season_number, m.episode_number, m.last_episode_number, m.aired_on,
   m.disc_number, m.disc_side, m.track_number, m.uploaded_by, m.uploaded_at, m.technical_metadata, m.custom_metadata, m.created_at, m.updated_at, m.last_seen_at, m.missing_since, m.deleted_at,
   m.captured_at, m.captured_offset, m.captured_source, m.favourite, m.rating, m.placeholder, m.companion_of`,
);

/** Turns a raw row of `mediaColumns` into the shape that Prisma returns. */
export function toMediaRecord(row: RawRow, shelf: Shelf): MediaRecord {
  return {
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    filename: row.filename as string,
    originalFilename: row.original_filename as string | null,
    storageFormat: row.storage_format as string,
    title: row.title as string,
    description: row.description as string | null,
    signature: row.signature as string,
    sizeBytes: BigInt(row.size_bytes as number | bigint),
    modifiedAt: toDate(row.modified_at),
    mimeType: row.mime_type as string | null,
    sha256: row.sha256 as string | null,
    width: row.width as number | null,
    height: row.height as number | null,
    durationSeconds: row.duration_seconds as number | null,
    hierarchy: toJson(row.hierarchy),
    seasonNumber: row.season_number as number | null,
    episodeNumber: row.episode_number as number | null,
    lastEpisodeNumber: row.last_episode_number as number | null,
    airedOn: row.aired_on as string | null,
    discNumber: row.disc_number as number | null,
    discSide: row.disc_side as string | null,
    trackNumber: row.track_number as number | null,
    uploadedBy: row.uploaded_by as string | null,
    uploadedAt: toOptionalDate(row.uploaded_at),
    technicalMetadata: toJson(row.technical_metadata),
    customMetadata: toJson(row.custom_metadata),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    lastSeenAt: toOptionalDate(row.last_seen_at),
    missingSince: toOptionalDate(row.missing_since),
    deletedAt: toOptionalDate(row.deleted_at),
    capturedAt: toOptionalDate(row.captured_at),
    capturedOffset: row.captured_offset as number | null,
    favourite: Boolean(row.favourite),
    rating: row.rating as number | null,
    capturedSource: row.captured_source as string | null,
    placeholder: row.placeholder as string | null,
    companionOf: row.companion_of as number | null,
    shelf,
  };
}

/** Reads the items with these ids, in any order; those that are not there are left out. Prisma takes ten times as long for fifty. */
export async function readRecords(database: Database, ids: readonly number[]): Promise<MediaRecord[]> {
  if (ids.length === 0) return [];
  const rows = await database.read(sql`
    SELECT ${mediaColumns}, s.category, s.media_type, s.status, s.item_count, s.size_bytes AS shelf_size_bytes
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id WHERE m.id IN (${numbersOf(database, ids)})`);
  return rows.map((row) => toMediaRecord(row, toShelf({ ...row, id: row.shelf_id, size_bytes: row.shelf_size_bytes })));
}

/** Reads where the file of an item lies; null where the item is gone. Each range that a player asks for begins with it. */
export async function readMediaFile(database: Pick<Database, 'read'>, id: number) {
  const [row] = await database.read(sql`
    SELECT m.root_category, m.relative_path, m.filename, m.mime_type, s.status
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id WHERE m.id = ${id}`);
  if (row === undefined) return null;
  return {
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    filename: row.filename as string,
    mimeType: row.mime_type as string | null,
    status: row.status as MediaStatus,
  };
}

/** SQLite returns JSON as text, PostgreSQL as the value itself. */
export function toJson(value: unknown): Prisma.JsonValue | null {
  return (typeof value === 'string' ? JSON.parse(value) : value) as Prisma.JsonValue | null;
}
