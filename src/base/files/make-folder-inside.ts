import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolderInside, type OpenedFolder } from './open-folder-inside.ts';
import { syncFolder } from './sync-folder.ts';

/** A folder that is open, and what was made for it. */
export interface MadeFolder extends OpenedFolder {
  /** Removes the folders that were made, as far as nothing is in them. */
  undo(): Promise<void>;
}

/**
 * Opens a folder below the root, and makes what is missing of its path. Each part is made in its open parent, which is proven
 * to lie inside the root: a link in the path never leads out. Throws what openFolderInside throws, and what the system
 * says to a new folder.
 */
export async function makeFolderInside(rootPath: string, relativePath: string): Promise<MadeFolder> {
  const parts = relativePath.split('/').filter((part) => part !== '');
  const made: string[] = [];
  const undo = async (): Promise<void> => {
    // Whoever has put something into one of them meanwhile keeps it.
    for (const path of made.toReversed()) await rmdir(join(rootPath, path)).catch(() => undefined);
  };
  try {
    let folder = await openFolderInside(rootPath, '');
    for (const [index, part] of parts.entries()) {
      const path = parts.slice(0, index + 1).join('/');
      try {
        if (await makeOne(folder.at(part))) {
          made.push(path);
          // The name of a new folder must outlive a power cut as the file in it does. Where folders cannot be flushed,
          // the filesystem does so by itself.
          await syncFolder(join(rootPath, parts.slice(0, index).join('/'))).catch(() => undefined);
        }
      } finally {
        await folder.close();
      }
      folder = await openFolderInside(rootPath, path);
    }
    return { ...folder, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** Returns whether it was made; false where something has the name already. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
