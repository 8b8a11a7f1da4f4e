import { DomainError } from '../../base/errors/domain-error.ts';
import { expectFullScan } from '../catalogue/sql/scanned-folders.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import { entryOf, removeRowAndFile, type HardDeletion } from './delete-media.ts';
import type { FoundItem } from './find-item.ts';
import { deleteRows } from './sql/delete-rows.ts';

/** What became of items that were to be deleted for good; one that is in neither was gone already. */
export interface ManyDeletion {
  removed: FoundItem[];
  failed: { id: number; code: string; message: string }[];
}

/** Removes the rows of items, all in one transaction; the next scan takes their files for new ones. */
export async function removeRows(
  { database, deletionsLog }: HardDeletion,
  items: readonly FoundItem[],
): Promise<ManyDeletion> {
  const ids = items.map(({ id }) => id);
  const removed = await database.transaction(async (transaction) => {
    const gone = new Set(await deleteRows(transaction, ids));
    const deleted = items.filter(({ id }) => gone.has(id));
    if (deleted.length === 0) return deleted;
    const entries = deleted.map((item) => entryOf(item, 'deleted'));
    await deletionsLog.note(transaction, entries, new Date());
    await expectFullScan(
      transaction,
      deleted.map(({ rootCategory }) => rootCategory),
    );
    return deleted;
  });
  return { removed, failed: [] };
}

/** Removes the rows and files of items, one after the other: each goes with its file or stays with it. */
export async function removeRowsAndFiles(
  options: HardDeletion & { expectRoot: (item: FoundItem) => Promise<void> },
  items: readonly FoundItem[],
): Promise<ManyDeletion> {
  const deletion: ManyDeletion = { removed: [], failed: [] };
  for (const item of items) {
    try {
      await options.expectRoot(item);
      await removeRowAndFile(options, item);
      deletion.removed.push(item);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Somebody else was faster.
      if (error instanceof MediaNotFoundError) continue;
      const { code, message } = error;
      deletion.failed.push({ id: item.id, code, message });
    }
  }
  return deletion;
}
