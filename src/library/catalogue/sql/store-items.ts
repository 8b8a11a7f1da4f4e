import type { FileDescription } from '../../metadata/describe-file.ts';
import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, empty, join, jsonInteger, raw, sql } from '../../../base/database/sql.ts';

/** Whether the title is better than that of the name: a person's, or that of the file's own tags. */
export const keepsTitle = raw('(media_items.title_set_by_person OR media_items.tag_title IS NOT NULL)');

/**
 * Stores files of one category as available items in one statement, new or known by their path. What a person or
 * another part of the service set on a known item stays: its title (that of its tags too), description, category, and all that is not named
 * here. The headers of a file that changed wait to be read again. The category's shelves must exist. An item that is
 * shown under another category, which never had the media type, returns to its own category. A deleted item stays
 * deleted, since its file may have been looked at before the deletion; `revivesDeleted` brings it back.
 */
export async function storeItems(
  database: StatementWriter,
  category: { key: string; mediaType: string },
  files: readonly FileDescription[],
  now: Date,
  { revivesDeleted = false } = {},
): Promise<void> {
  if (files.length === 0) return;
  const dialect = dialectOf(database);
  const text = (index: number) => dialect.jsonText(index);
  const integers = (indexes: readonly number[]) => join(indexes.map((index) => jsonInteger(dialect, index)));
  const stamp = dialect.timestamp(sql`CAST(${now.getTime()} AS BIGINT)`);
  const { key, mediaType } = category;
  await database.write(sql`
    INSERT INTO media_items (
      shelf_id, root_category, relative_path, filename, storage_format, title, title_key, signature, size_bytes,
      modified_at, mime_type, hierarchy, season_number, episode_number, last_episode_number, aired_on, disc_number,
      disc_side, track_number, search_text, path_order, hierarchy_order, sidecar_signature,
      created_at, updated_at, last_seen_at
    )
    SELECT
      (SELECT id FROM shelves WHERE category = ${key} AND media_type = ${mediaType} AND status = 'AVAILABLE'),
      ${key}, ${join([0, 1, 2, 3, 4, 5].map(text))}, ${jsonInteger(dialect, 6)},
      ${dialect.timestamp(jsonInteger(dialect, 7))}, ${text(8)}, ${dialect.json(9)},
      ${integers([10, 11, 12])}, ${text(13)}, ${integers([14])}, ${text(15)}, ${integers([16])}, ${join([17, 18, 19, 20].map(text))},
      ${stamp}, ${stamp}, ${stamp}
    FROM ${dialect.jsonRows(JSON.stringify(files.map(toJsonRow)))} WHERE true
    ON CONFLICT (root_category, relative_path) DO UPDATE SET
      shelf_id = coalesce((
        SELECT available.id FROM shelves AS current
        JOIN shelves AS available ON available.category = current.category
          AND available.media_type = ${mediaType} AND available.status = 'AVAILABLE'
        WHERE current.id = media_items.shelf_id
      ), excluded.shelf_id),
      storage_format = excluded.storage_format,
      title = CASE WHEN ${keepsTitle} THEN media_items.title ELSE excluded.title END,
      title_key = CASE WHEN ${keepsTitle} THEN media_items.title_key ELSE excluded.title_key END,
      signature = excluded.signature,
      size_bytes = excluded.size_bytes,
      modified_at = excluded.modified_at,
      mime_type = excluded.mime_type,
      hierarchy = excluded.hierarchy,
      season_number = excluded.season_number,
      episode_number = excluded.episode_number,
      last_episode_number = excluded.last_episode_number,
      aired_on = excluded.aired_on,
      disc_number = excluded.disc_number,
      disc_side = excluded.disc_side,
      track_number = excluded.track_number,
      hierarchy_order = excluded.hierarchy_order,
      search_text = CASE
        WHEN ${keepsTitle} OR media_items.description IS NOT NULL THEN media_items.search_text
        ELSE excluded.search_text
      END,
      probed_at = CASE WHEN media_items.signature = excluded.signature
        AND media_items.sidecar_signature IS NOT DISTINCT FROM excluded.sidecar_signature THEN media_items.probed_at END,
      sidecar_signature = excluded.sidecar_signature,
      fingerprint = CASE WHEN media_items.signature = excluded.signature THEN media_items.fingerprint END,
      sha256 = CASE WHEN media_items.signature = excluded.signature THEN media_items.sha256 END,
      placeholder = CASE WHEN media_items.signature = excluded.signature THEN media_items.placeholder END,
      updated_at = excluded.updated_at,
      last_seen_at = excluded.last_seen_at,
      missing_since = NULL,
      deleted_at = NULL
    ${revivesDeleted ? empty : sql`WHERE media_items.shelf_id NOT IN (SELECT id FROM shelves WHERE status = 'DELETED')`}`);
}

function toJsonRow(file: FileDescription): unknown[] {
  return [
    file.relativePath,
    file.filename,
    file.storageFormat,
    file.title,
    file.titleKey,
    file.signature,
    file.sizeBytes,
    file.modifiedAtMs,
    file.mimeType,
    file.hierarchy,
    file.seasonNumber,
    file.episodeNumber,
    file.lastEpisodeNumber,
    file.airedOn,
    file.discNumber,
    file.discSide,
    file.trackNumber,
    file.searchText,
    file.pathOrder,
    file.hierarchyOrder,
    file.sidecarSignature ?? null,
  ];
}
