import type { Database } from '../../../base/database/database.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { decodeCursor, encodeCursor, toKeysetPage, type KeysetPage, type PageRequest } from '../../../base/paging.ts';
import { maxRowNumber } from '../../../base/public-id.ts';
import { isStorableText } from '../../../base/text.ts';
import { checkCategories } from '../select-media.ts';
import type { FolderPlace } from '../sql/direct-files.ts';
import { listFolders, readCoverIds, type CountedFolder } from '../sql/list-folders.ts';
import { readShelves, type MediaStatus } from '../sql/shelves.ts';
import { checkFolderPath } from '../to-criteria.ts';
import { settleFolders } from './folder-counter.ts';

/** A folder, and the items of some statuses below it, however deep. */
export interface MediaFolder extends CountedFolder {
  statuses: readonly MediaStatus[];
}

export interface FolderRequest extends FolderPlace {
  /** Which items count; left out: all but DELETED. */
  statuses?: readonly MediaStatus[] | undefined;
}

const shown: readonly MediaStatus[] = ['AVAILABLE', 'MISSING'];

/**
 * Lists the folders in a folder that have items, in the order of their names as people sort. A folder that is not there has none.
 * Throws InvalidInputError for a path or a cursor that is none, UnknownCategoryError.
 */
export async function listMediaFolders(
  database: Database,
  configuredCategories: readonly string[],
  { category, path, statuses = shown }: FolderRequest,
  page: PageRequest,
): Promise<KeysetPage<MediaFolder>> {
  checkFolderPath('path', path);
  const after = page.cursor === null ? null : toPosition(page.backward ? 'before' : 'after', page.cursor);
  const shelves = await readShelves(database);
  checkCategories([category], configuredCategories, shelves);
  await settleFolders(database);
  const shelfIds = shelves.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
  const list = { parent: { category, path }, shelfIds, descending: page.backward, after, limit: page.count + 1 };
  const folders = await listFolders(database, list);
  const found = folders.map((folder) => ({ ...folder, statuses }));
  return toKeysetPage(page, found, ({ id, sortKey }) => encodeCursor(`${id} ${sortKey}`));
}

function toPosition(argument: 'after' | 'before', cursor: string): Pick<CountedFolder, 'sortKey' | 'id'> {
  const [id, sortKey = ''] = decodeCursor(argument, cursor, /^(\d{1,16}) (.*)$/s);
  if (Number(id) <= maxRowNumber && isStorableText(sortKey)) return { id: Number(id), sortKey };
  throw new InvalidInputError(argument, `"${cursor.slice(0, 80)}" is not a cursor: give one from this list.`);
}

/** Reads the ids of up to `limit` items that stand for each folder: the first ones by their paths. */
export async function findCoverIds(
  database: Database,
  folders: readonly MediaFolder[],
  limit: number,
): Promise<number[][]> {
  const shelves = await readShelves(database);
  const statuses = folders[0]?.statuses ?? shown;
  const shelfIds = shelves.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
  return readCoverIds(database, folders, shelfIds, limit);
}
