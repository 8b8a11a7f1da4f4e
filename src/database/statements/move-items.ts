import type { FileDescription } from '../../metadata/describe-file.ts';
import type { StatementWriter } from '../database.ts';
import { dialectOf, empty, jsonInteger, raw, sql, timestampOf, type Sql } from '../sql.ts';

/** An item whose file lies at another path now. */
export interface ItemMove {
  id: number;
  /** The paths as a search looks through them. */
  oldPathKey: string;
  pathKey: string;
  /** Whether the file has its modification time still: if not, other bytes may be in it. */
  keepsTime: boolean;
  file: FileDescription;
  /** Of the file at its new path; null where it was not read. */
  fingerprint: string | null;
}

/**
 * Gives items of any category the paths, in one category, at which their files were found, and makes them available.
 * Everything stays but what the path tells. Bytes count as the same where the modification time is: else the hash is
 * dropped and the headers are read again. `onlyPath`: the items are available, and category, filename and time are the
 * same. Needs the category's shelves, and paths that no other item has.
 */
export async function moveItems(
  database: StatementWriter,
  category: { key: string; mediaType: string },
  moves: readonly ItemMove[],
  now: Date,
  onlyPath: boolean,
): Promise<void> {
  if (moves.length === 0) return;
  const dialect = dialectOf(database);
  const stamp = timestampOf(dialect, now);
  const { key, mediaType } = category;
  const moved = sql`(
    SELECT ${columns(dialect)} FROM ${dialect.jsonRows(JSON.stringify(moves.map(toJsonRow)))}
  ) AS moved`;
  // What was made of the file is still of this file. Only what these statements need: reading the rest costs as much again.
  const kept = JSON.stringify(moves.filter(({ keepsTime }) => keepsTime).map(({ id, file }) => [id, file.signature]));
  for (const [table, column] of madeOfFiles) {
    await database.write(sql`
      UPDATE ${raw(table)} SET ${raw(column)} = kept.signature
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature FROM ${dialect.jsonRows(kept)}
      ) AS kept JOIN media_items AS m ON m.id = kept.id
      WHERE ${raw(table)}.media_item_id = kept.id AND ${raw(table)}.${raw(column)} = m.signature`);
  }
  // Each column that is set costs its indexes, whether its value changes or not.
  const theRest = sql`,
      shelf_id = coalesce((
        SELECT available.id FROM shelves AS current
        JOIN shelves AS available ON available.category = current.category
          AND available.media_type = ${mediaType} AND available.status = 'AVAILABLE'
        WHERE current.id = media_items.shelf_id AND current.category <> media_items.root_category
      ), (SELECT id FROM shelves WHERE category = ${key} AND media_type = ${mediaType} AND status = 'AVAILABLE')),
      root_category = ${key},
      filename = moved.filename,
      storage_format = moved.storage_format,
      title = CASE WHEN title_set_by_person THEN media_items.title ELSE moved.title END,
      title_key = CASE WHEN title_set_by_person THEN media_items.title_key ELSE moved.title_key END,
      modified_at = ${dialect.timestamp(sql`moved.modified_at_ms`)},
      mime_type = moved.mime_type,
      season_number = moved.season_number,
      episode_number = moved.episode_number,
      track_number = moved.track_number,
      sha256 = CASE WHEN moved.has_same_time = 1 THEN media_items.sha256 END,
      probed_at = CASE WHEN moved.has_same_time = 1 THEN media_items.probed_at END,
      missing_since = NULL`;
  await database.write(sql`
    UPDATE media_items SET
      relative_path = moved.relative_path,
      signature = moved.signature,
      hierarchy = moved.hierarchy,
      search_text = CASE WHEN title_set_by_person OR description IS NOT NULL
        THEN substr(media_items.search_text, 1, CAST(length(media_items.search_text) - moved.old_path_length AS INTEGER)) || moved.path_key
        ELSE moved.search_text END,
      fingerprint = coalesce(moved.fingerprint, media_items.fingerprint),
      updated_at = ${stamp},
      last_seen_at = ${stamp}${onlyPath ? empty : theRest}
    FROM ${moved}
    WHERE media_items.id = moved.id`);
}

/** The tables that tell of which file something was made, by its signature. */
const madeOfFiles = [
  ['image_proxies', 'source_signature'],
  ['analysis_originals', 'signature'],
] as const;

/** The ids of the items that have these paths in a category, by path. */
export async function readOccupants(
  database: StatementWriter,
  category: string,
  relativePaths: readonly string[],
): Promise<Map<string, number>> {
  const dialect = dialectOf(database);
  const rows = await database.writeReturning(sql`
    SELECT id, relative_path FROM media_items
    WHERE root_category = ${category} AND relative_path IN (
      SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(JSON.stringify(relativePaths.map((path) => [path])))}
    )`);
  return new Map(rows.map((row) => [row.relative_path as string, row.id as number]));
}

/** The signatures of the items that are not deleted, by id. */
export async function readSignatures(database: StatementWriter, ids: readonly number[]): Promise<Map<number, string>> {
  const dialect = dialectOf(database);
  const rows = await database.writeReturning(sql`
    SELECT id, signature FROM media_items
    WHERE id IN (SELECT ${jsonInteger(dialect, 0)} FROM ${dialect.jsonRows(JSON.stringify(ids.map((id) => [id])))})
      AND shelf_id NOT IN (SELECT id FROM shelves WHERE status = 'DELETED')`);
  return new Map(rows.map((row) => [row.id as number, row.signature as string]));
}

/**
 * Takes items off their paths for as long as the transaction lasts, so that others can be moved there: a unique key is
 * looked at after each row. `moveItems` in the same transaction gives them their new ones.
 */
export async function vacatePaths(database: StatementWriter, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const dialect = dialectOf(database);
  // No file has an empty segment in its path.
  await database.write(sql`
    UPDATE media_items SET relative_path = '//' || id
    WHERE id IN (SELECT ${jsonInteger(dialect, 0)} FROM ${dialect.jsonRows(JSON.stringify(ids.map((id) => [id])))})`);
}

function columns(dialect: ReturnType<typeof dialectOf>): Sql {
  const text = (index: number) => dialect.jsonText(index);
  const integer = (index: number) => jsonInteger(dialect, index);
  return sql`
    ${integer(0)} AS id, ${integer(1)} AS old_path_length, ${integer(2)} AS has_same_time,
    ${text(3)} AS relative_path, ${text(4)} AS path_key, ${text(5)} AS filename, ${text(6)} AS storage_format,
    ${text(7)} AS title, ${text(8)} AS title_key, ${text(9)} AS signature, ${integer(10)} AS modified_at_ms,
    ${text(11)} AS mime_type, ${dialect.json(12)} AS hierarchy, ${integer(13)} AS season_number,
    ${integer(14)} AS episode_number, ${integer(15)} AS track_number, ${text(16)} AS search_text,
    ${text(17)} AS fingerprint`;
}

function toJsonRow({ id, oldPathKey, pathKey, keepsTime, file, fingerprint }: ItemMove): unknown[] {
  return [
    id,
    // As SQL counts: characters, not UTF-16 units.
    Array.from(oldPathKey).length,
    keepsTime ? 1 : 0,
    file.relativePath,
    pathKey,
    file.filename,
    file.storageFormat,
    file.title,
    file.titleKey,
    file.signature,
    file.modifiedAtMs,
    file.mimeType,
    file.hierarchy,
    file.seasonNumber,
    file.episodeNumber,
    file.trackNumber,
    file.searchText,
    fingerprint,
  ];
}
