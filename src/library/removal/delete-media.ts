import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { DeletionEntry, DeletionsLog } from '../catalogue/deletions-log.ts';
import type { Database } from '../../base/database/database.ts';
import { sql } from '../../base/database/sql.ts';
import { moveToShelf } from '../catalogue/sql/move-to-shelf.ts';
import { expectFullScan } from '../catalogue/sql/scanned-folders.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import type { FoundItem } from './find-item.ts';
import { openRemovable } from './remove-file.ts';

/** What a deletion for good works with. */
export interface HardDeletion {
  database: Database;
  deletionsLog: Pick<DeletionsLog, 'note'>;
}

/** Hides an item; its row and its file stay, and no scan brings it back. */
export async function hideItem(database: Database, { id, status }: FoundItem): Promise<void> {
  if (status === 'DELETED') return;
  if (!(await moveToShelf(database, id, 'DELETED', new Date()))) throw notFound(id);
}

/** Removes an item's row; the next scan takes its file for a new one. */
export async function removeRow({ database, deletionsLog }: HardDeletion, item: FoundItem): Promise<void> {
  await database.transaction(async (transaction) => {
    await deleteRow(transaction, item.id);
    await deletionsLog.note(transaction, [entryOf(item, 'deleted')], new Date());
    await expectFullScan(transaction, [item.rootCategory]);
  });
}

/**
 * Removes an item's row and its file, or nothing: where the file cannot be removed, the row stays. Returns whether there
 * was a file. Throws StorageError where what is there is not what the row describes.
 */
export async function removeRowAndFile({ database, deletionsLog }: HardDeletion, item: FoundItem): Promise<boolean> {
  const { rootPath } = item;
  if (rootPath === null) {
    throw new StorageError('The category of the item is not configured any more, so where its file lies is not known.');
  }
  const file = await openRemovable({ ...item, rootPath });
  try {
    await database.transaction(async (transaction) => {
      await deleteRow(transaction, item.id);
      const action = file === null ? 'deleted' : 'deleted_with_file';
      await deletionsLog.note(transaction, [entryOf(item, action)], new Date());
      await file?.remove();
    });
    return file !== null;
  } finally {
    await file?.close();
  }
}

export function entryOf(
  { rootCategory: category, rootPath, relativePath: path, status }: FoundItem,
  action: DeletionEntry['action'],
): DeletionEntry {
  return { category, rootPath: rootPath ?? undefined, path, previousStatus: status.toLowerCase(), action };
}

async function deleteRow(database: Pick<Database, 'write'>, id: number): Promise<void> {
  if ((await database.write(sql`DELETE FROM media_items WHERE id = ${id}`)) === 0) throw notFound(id);
}

function notFound(id: number): MediaNotFoundError {
  return new MediaNotFoundError(encodePublicId('MediaItem', id));
}
