import type { FileDescription } from '../../metadata/describe-file.ts';
import { keepsTitle } from '../../catalogue/sql/store-items.ts';
import { keepWhatWasMade } from './keep-what-was-made.ts';
import { dateOfName } from '../../metadata/facts/name-date.ts';
import type { StatementWriter } from '../../../base/database/database.ts';
import {
  dialectOf,
  empty,
  jsonInteger,
  numbersOf,
  raw,
  type Sql,
  sql,
  timestampOf,
} from '../../../base/database/sql.ts';

type Dialect = ReturnType<typeof dialectOf>;

/** An item whose file lies in another folder now, and is otherwise as it was. */
export interface ItemRename {
  id: number;
  /** The paths as a search looks through them. */
  oldPathKey: string;
  pathKey: string;
  relativePath: string;
  signature: string;
  /** What follows from the folder. */
  file: Pick<FileDescription, 'hierarchy' | 'pathOrder' | 'hierarchyOrder'>;
  /** The fingerprint of the file at its new path; null where it was not read. */
  fingerprint: string | null;
  /** Null where only the old path at the end of the present search text is replaced by the new one. */
  searchText: string | null;
}

/** An item whose file lies at another path now. */
export interface ItemMove extends ItemRename {
  /** Whether the file still has its modification time: if not, other bytes may be in it. */
  keepsTime: boolean;
  file: FileDescription;
}

/**
 * Gives available items the paths, in their category, at which their files were found: their filenames and times are the
 * same. Needs paths that no other item has.
 */
export async function renameItems(database: StatementWriter, renames: readonly ItemRename[], now: Date): Promise<void> {
  if (renames.length === 0) return;
  const dialect = dialectOf(database);
  await keepWhatWasMade(database, renames);
  const rows = JSON.stringify(renames.map(toRow));
  await database.write(sql`
    UPDATE media_items SET ${renamed(dialect, now)}, search_text = coalesce(moved.whole_text, ${searchTextWithNewPath})
    FROM (SELECT ${columns(dialect)} FROM ${dialect.jsonRows(rows)}) AS moved
    WHERE media_items.id = moved.id`);
}

/**
 * Gives items of any category the paths, in one category, at which their files were found, and makes them available.
 * Everything stays but what follows from the path. Bytes count as the same where the modification time is the same; else
 * the hash is dropped and the headers are read again. They are too where another name may say when it was recorded. Needs
 * the category's shelves, and paths that no other item has.
 */
export async function moveItems(
  database: StatementWriter,
  category: { key: string; mediaType: string },
  moves: readonly ItemMove[],
  now: Date,
): Promise<void> {
  if (moves.length === 0) return;
  const dialect = dialectOf(database);
  const { key, mediaType } = category;
  await keepWhatWasMade(
    database,
    moves.filter(({ keepsTime }) => keepsTime),
  );
  const rows = JSON.stringify(moves.map((move) => [...toRow(move), ...toRestOfRow(move)]));
  await database.write(sql`
    UPDATE media_items SET ${renamed(dialect, now)},
      search_text = coalesce(moved.whole_text, CASE WHEN ${keepsTitle} OR description IS NOT NULL
        THEN ${searchTextWithNewPath} ELSE moved.search_text END),
      shelf_id = coalesce((
        SELECT available.id FROM shelves AS current
        JOIN shelves AS available ON available.category = current.category
          AND available.media_type = ${mediaType} AND available.status = 'AVAILABLE'
        WHERE current.id = media_items.shelf_id AND current.category <> media_items.root_category
      ), (SELECT id FROM shelves WHERE category = ${key} AND media_type = ${mediaType} AND status = 'AVAILABLE')),
      root_category = ${key},
      filename = moved.filename,
      storage_format = moved.storage_format,
      title = CASE WHEN ${keepsTitle} THEN media_items.title ELSE moved.title END,
      title_key = CASE WHEN ${keepsTitle} THEN media_items.title_key ELSE moved.title_key END,
      modified_at = ${dialect.timestamp(sql`moved.modified_at_ms`)},
      mime_type = moved.mime_type,
      ${numbersOfNames},
      sha256 = CASE WHEN moved.has_same_time = 1 THEN media_items.sha256 END,
      probed_at = CASE WHEN moved.has_same_time = 1 AND NOT (${isDatedByName})
        THEN media_items.probed_at END,
      missing_since = NULL
    FROM (SELECT ${columns(dialect)}, ${restOfColumns(dialect)} FROM ${dialect.jsonRows(rows)}) AS moved
    WHERE media_items.id = moved.id`);
}

const numbersOfNames = raw(
  ['season_number', 'episode_number', 'last_episode_number', 'aired_on', 'disc_number', 'disc_side', 'track_number']
    .map((column) => `${column} = moved.${column}`)
    .join(', '),
);

/** The columns that a new folder changes, and no others: each column that is set updates its indexes, changed or not. */
function renamed(dialect: Dialect, now: Date): Sql {
  const stamp = timestampOf(dialect, now);
  return sql`
      relative_path = moved.relative_path,
      signature = moved.signature,
      hierarchy = moved.hierarchy,
      path_order = moved.path_order,
      hierarchy_order = moved.hierarchy_order,
      fingerprint = coalesce(moved.fingerprint, media_items.fingerprint),
      updated_at = ${stamp},
      last_seen_at = ${stamp}`;
}

/** Whether the name said when the item was recorded, or says it now where nothing better did. */
const isDatedByName =
  raw(`moved.filename <> media_items.filename AND (coalesce(media_items.captured_source, '') = 'FILENAME'
  OR moved.has_dated_name = 1 AND coalesce(media_items.captured_source, 'EXIF_MODIFIED') = 'EXIF_MODIFIED')`);

/** The path is its end. */
const searchTextWithNewPath = raw(
  'substr(media_items.search_text, 1, CAST(length(media_items.search_text) - moved.old_path_length AS INTEGER)) || moved.path_key',
);

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

/** Reads which items have another signature or status by now. The others keep theirs until the transaction ends. */
export async function readChanged(
  database: StatementWriter,
  items: readonly { id: number; signature: string; isMissing: boolean }[],
): Promise<Set<number>> {
  const dialect = dialectOf(database);
  const planned = JSON.stringify(
    items.map(({ id, signature, isMissing }) => [id, signature, isMissing ? 'MISSING' : 'AVAILABLE']),
  );
  await lockItems(database, planned);
  const rows = await database.writeReturning(sql`
    SELECT planned.id FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature, ${dialect.jsonText(2)} AS status
      FROM ${dialect.jsonRows(planned)}
    ) AS planned
    LEFT JOIN media_items AS m ON m.id = planned.id
    LEFT JOIN shelves ON shelves.id = m.shelf_id
    WHERE m.id IS NULL OR m.signature <> planned.signature OR shelves.status <> planned.status`);
  return new Set(rows.map((row) => Number(row.id)));
}

/**
 * Locks in a statement of its own: an outer join cannot lock, and only the next statement sees what others have
 * written.
 */
async function lockItems(database: StatementWriter, rows: string): Promise<void> {
  const dialect = dialectOf(database);
  if (dialect.lockRows === empty) return;
  await database.writeReturning(sql`
    SELECT count(*) AS locked FROM (
      SELECT id FROM media_items WHERE id IN (SELECT ${jsonInteger(dialect, 0)} FROM ${dialect.jsonRows(rows)})
      ORDER BY id${dialect.lockRows}
    ) AS items`);
}

/**
 * Takes items off their paths for as long as the transaction lasts, so that others can be moved there: a unique key is
 * checked after each row. `moveItems` in the same transaction gives them their new paths.
 */
export async function vacatePaths(database: StatementWriter, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  // No file has an empty segment in its path.
  await database.write(sql`
    UPDATE media_items SET relative_path = '//' || id
    WHERE id IN (${numbersOf(database, ids)})`);
}

function columns(dialect: Dialect): Sql {
  const text = (index: number) => dialect.jsonText(index);
  const integer = (index: number) => jsonInteger(dialect, index);
  return sql`
    ${integer(0)} AS id, ${integer(1)} AS old_path_length, ${text(2)} AS path_key, ${text(3)} AS relative_path,
    ${text(4)} AS signature, ${dialect.json(5)} AS hierarchy, ${text(6)} AS fingerprint,
    ${text(7)} AS whole_text, ${text(8)} AS path_order, ${text(9)} AS hierarchy_order`;
}

function toRow(rename: ItemRename): unknown[] {
  const { oldPathKey, pathKey, file, searchText } = rename;
  // SQL counts characters, not UTF-16 units.
  const before = [rename.id, Array.from(oldPathKey).length, pathKey, rename.relativePath, rename.signature];
  return [...before, file.hierarchy, rename.fingerprint, searchText, file.pathOrder, file.hierarchyOrder];
}

function restOfColumns(dialect: Dialect): Sql {
  const text = (index: number) => dialect.jsonText(index);
  const integer = (index: number) => jsonInteger(dialect, index);
  return sql`
    ${integer(10)} AS has_same_time, ${text(11)} AS filename, ${text(12)} AS storage_format, ${text(13)} AS title,
    ${text(14)} AS title_key, ${integer(15)} AS modified_at_ms, ${text(16)} AS mime_type,
    ${integer(17)} AS season_number, ${integer(18)} AS episode_number, ${integer(19)} AS last_episode_number,
    ${text(20)} AS aired_on, ${integer(21)} AS disc_number, ${text(22)} AS disc_side, ${integer(23)} AS track_number,
    ${text(24)} AS search_text, ${integer(25)} AS has_dated_name`;
}

function toRestOfRow({ keepsTime, file }: ItemMove): unknown[] {
  return [
    keepsTime ? 1 : 0,
    file.filename,
    file.storageFormat,
    file.title,
    file.titleKey,
    file.modifiedAtMs,
    file.mimeType,
    file.seasonNumber,
    file.episodeNumber,
    file.lastEpisodeNumber,
    file.airedOn,
    file.discNumber,
    file.discSide,
    file.trackNumber,
    file.searchText,
    dateOfName(file.filename) === null ? 0 : 1,
  ];
}
