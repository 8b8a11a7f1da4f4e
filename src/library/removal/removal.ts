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
import { findItem, type Categories, type FoundItem } from './find-item.ts';
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

/** Deletes items, and restores those that were only hidden. Both methods throw MediaNotFoundError. */
export interface Removal {
  /** Throws StorageError where the file is not the one that the row describes, or its disk is away; then nothing changes. */
  delete(id: number, request: DeleteRequest): Promise<Deletion>;
  /** An item that was not hidden stays as it is. Throws StorageError where its disk is away; then nothing changes. */
  restore(id: number): Promise<void>;
}

export interface RemovalOptions {
  database: Database;
  mediaConfig: Categories;
  roots: Pick<Roots, 'recognise'>;
  deletionsLog: Pick<DeletionsLog, 'note' | 'resume'>;
  events: Pick<MediaEvents, 'publish'>;
  /** Called with each removed item, to remove what others keep of it. A failure is logged; the item is gone all the same. */
  onRemoved: readonly ((item: FoundItem) => Promise<void>)[];
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
      // The line is stored with the deletion: where it cannot be written now, it is later.
      await deletionsLog.resume();
      for (const forget of onRemoved) {
        await forget(item).catch((error: unknown) =>
          log.error({ err: error, id }, 'something of a removed item stays'),
        );
      }
      return { mode: 'HARD', fileRemoved };
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
