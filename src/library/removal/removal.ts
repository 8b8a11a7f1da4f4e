import type { Logger } from 'pino';
import { encodePublicId } from '../../base/public-id.ts';
import type { MediaEvents } from '../catalogue/media-events.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { Database } from '../../base/database/database.ts';
import { moveToShelf } from '../catalogue/sql/move-to-shelf.ts';
import { expectFullScan } from '../catalogue/sql/scanned-folders.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { DeletionsLog } from '../catalogue/deletions-log.ts';
import { expectOnline } from '../roots/expect-online.ts';
import type { Roots } from '../roots/roots.ts';
import { hideItem, removeRow, removeRowAndFile } from './delete-media.ts';
import { removeRows, removeRowsAndFiles, type ManyDeletion } from './delete-many.ts';
import { findItem, findItems, type Categories, type FoundItem } from './find-item.ts';
import { hasFile } from './has-file.ts';

interface DeleteRequest {
  /** Whether the item is only hidden. */
  soft: boolean;
  /** Whether the file is removed too. */
  removeFile: boolean;
}

export interface Deletion {
  mode: 'SOFT' | 'HARD';
  fileRemoved: boolean;
}

/** Deletes items, and restores those that were only hidden. What is about one item throws MediaNotFoundError. */
export interface Removal {
  /** Throws StorageError where the file is not the one that the row describes, or its disk is away; then nothing changes. */
  delete(id: number, request: DeleteRequest): Promise<Deletion>;
  /**
   * Deletes some items for good, as `delete` does one: an item that cannot be deleted stays as it is, with its file. It takes
   * a few hundred, and tells nobody of them.
   */
  deleteMany(ids: readonly number[], request: Pick<DeleteRequest, 'removeFile'>): Promise<ManyDeletion>;
  /** An item that was not hidden stays as it is. Throws StorageError where its disk is away; then nothing changes. */
  restore(id: number): Promise<void>;
}

export type RemovedItemsListener = (items: readonly FoundItem[]) => Promise<void>;

export interface RemovalOptions {
  database: Database;
  mediaConfig: Categories;
  roots: Pick<Roots, 'recognise'>;
  deletionsLog: Pick<DeletionsLog, 'note' | 'resume'>;
  events: Pick<MediaEvents, 'publish'>;
  /** Called with removed items, to remove what others keep of them. A failure is logged; the items are gone all the same. */
  onRemoved: readonly RemovedItemsListener[];
  log: Pick<Logger, 'error'>;
}

export function createRemoval(options: RemovalOptions): Removal {
  const { database, mediaConfig, roots, deletionsLog, events, onRemoved, log } = options;
  return {
    async delete(id, { soft, removeFile }) {
      if (soft && removeFile) {
        throw new InvalidInputError('input.removeFile', 'A soft deletion keeps the file: give one of the two.');
      }
      const item = await find(id);
      const { rootCategory: category } = item;
      if (soft) {
        await hideItem(database, item);
        events.publish({ category, updated: [id] });
        return { mode: 'SOFT', fileRemoved: false };
      }
      if (removeFile) await expectRoot(item);
      const fileRemoved = removeFile ? await removeRowAndFile(options, item) : false;
      if (!removeFile) await removeRow(options, item);
      events.publish({ category, removed: [id] });
      await forgetAll([item]);
      return { mode: 'HARD', fileRemoved };
    },
    async deleteMany(ids, { removeFile }) {
      const items = await findItems(database, mediaConfig, ids);
      const deletion = removeFile
        ? await removeRowsAndFiles({ ...options, expectRoot }, items)
        : await removeRows(options, items);
      await forgetAll(deletion.removed);
      return deletion;
    },
    async restore(id) {
      const item = await find(id);
      if (item.status !== 'DELETED') return;
      await expectRoot(item);
      const status = (await hasFile(item)) ? 'AVAILABLE' : 'MISSING';
      await database.transaction(async (transaction) => {
        await moveToShelf(transaction, id, status, new Date());
        // Scans have ignored the file while its item was hidden.
        await expectFullScan(transaction, [item.rootCategory]);
      });
      events.publish({ category: item.rootCategory, updated: [id] });
    },
  };

  async function forgetAll(items: readonly FoundItem[]): Promise<void> {
    if (items.length === 0) return;
    // The lines are stored with the deletion: where they cannot be written now, they are later.
    await deletionsLog.resume();
    for (const forget of onRemoved) {
      await forget(items).catch((error: unknown) =>
        log.error({ err: error, ids: items.map(({ id }) => id) }, 'something of removed items stays'),
      );
    }
  }

  /** Throws StorageError where the disk is away: a file that is not found then may still be on it. */
  async function expectRoot({ rootCategory: key, rootPath }: FoundItem): Promise<void> {
    if (rootPath !== null) await expectOnline(roots, { key, rootPath });
  }

  async function find(id: number): Promise<FoundItem> {
    const item = await findItem(database, mediaConfig, id);
    if (item === null) throw new MediaNotFoundError(encodePublicId('MediaItem', id));
    return item;
  }
}
