import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../../base/async/background-loop.ts';
import type { Database } from '../../../base/database/database.ts';
import { dialectOf } from '../../../base/database/sql.ts';
import { parentsOf } from '../../../base/text.ts';
import { titleKeyOf } from '../../metadata/sort-keys.ts';
import {
  addToExtensions,
  addToFolders,
  hasUncounted,
  takeUncounted,
  type ExtensionChange,
  type FolderChange,
  type PlacedItems,
} from '../sql/count-folders.ts';

// SQLite takes some ten milliseconds of this thread for so many.
const itemsPerStep = 500;
/** Whoever asks waits for so many steps: what a person changed is counted, what a scan found is soon. */
const stepsForReader = 4;

/** Counts what lies below each folder, behind whatever changes items. */
export function createFolderCounter(options: { database: Database; log: Pick<Logger, 'error'> }): BackgroundLoop {
  const { database, log } = options;
  return createBackgroundLoop({ name: 'counting folders', log, step: () => countSome(database) });
}

/** Counts what waits, as far as that is little. */
export async function settleFolders(database: Database): Promise<void> {
  for (let step = 0; step < stepsForReader && (await hasUncounted(database)); step++) await countSome(database);
}

async function countSome(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    // Two processes would add to the same folders, and wait for each other.
    await dialectOf(database).lock(transaction, 'media_folders');
    const items = await takeUncounted(transaction, itemsPerStep);
    const changes = toFolderChanges(items);
    if (changes.length > 0) await addToFolders(transaction, changes);
    await addToExtensions(transaction, toExtensionChanges(items));
    return items.length;
  });
}

/** Sums items up by folder and shelf, for every folder that they lie in. */
export function toFolderChanges(items: readonly PlacedItems[]): FolderChange[] {
  const changes = new Map<string, FolderChange>();
  for (const { rootCategory, relativePath, shelfId, itemCount, sizeBytes } of items) {
    // While paths are exchanged, they begin so.
    if (relativePath.startsWith('//')) continue;
    let parent: string | null = null;
    for (const path of parentsOf(relativePath)) {
      const key = JSON.stringify([rootCategory, path, shelfId]);
      const change: FolderChange = changes.get(key) ?? {
        rootCategory,
        path,
        parent,
        sortKey: titleKeyOf(path.slice(path.lastIndexOf('/') + 1)),
        shelfId,
        itemCount: 0,
        sizeBytes: 0,
      };
      changes.set(key, change);
      change.itemCount += itemCount;
      change.sizeBytes += itemCount * sizeBytes;
      parent = path;
    }
  }
  return [...changes.values()].filter(({ itemCount, sizeBytes }) => itemCount !== 0 || sizeBytes !== 0);
}

function toExtensionChanges(items: readonly PlacedItems[]): ExtensionChange[] {
  const changes = new Map<string, ExtensionChange>();
  for (const { relativePath, shelfId, itemCount } of items) {
    const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
    const dot = name.lastIndexOf('.');
    if (dot === -1 || relativePath.startsWith('//')) continue;
    const extension = name.slice(dot + 1).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const key = `${shelfId} ${extension}`;
    const change = changes.get(key) ?? { shelfId, extension, itemCount: 0 };
    changes.set(key, change);
    change.itemCount += itemCount;
  }
  return [...changes.values()].filter(({ itemCount }) => itemCount !== 0);
}
