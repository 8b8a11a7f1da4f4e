import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PathOutsideRootError, toFileError } from './file-errors.ts';
import { proveInside, staysBelow } from './prove-inside.ts';

/** A folder that is open: it stays the same one, whatever its name leads to by now. */
export interface OpenedFolder {
  /**
   * Returns a path of a name in the folder; on Linux it leads through the descriptor. What stands there may be a link.
   */
  at(name: string): string;
  /** Returns the names in the folder. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK;

/**
 * Opens a folder, the root or one below it, and proves that it lies inside the root, as `openInside` does for a file.
 * Throws FileNotFoundOnDiskError, also for what is no folder, PathOutsideRootError and FileUnreadableError.
 */
export async function openFolderInside(rootPath: string, relativePath: string): Promise<OpenedFolder> {
  if (!staysBelow(relativePath)) throw new PathOutsideRootError(relativePath);
  const path = join(rootPath, relativePath);
  try {
    const handle = await open(path, flags);
    try {
      await proveInside({ fd: handle.fd, path, rootPath, relativePath });
    } catch (error) {
      await handle.close();
      throw error;
    }
    const ownPath = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path;
    return { at: (name) => join(ownPath, name), list: () => readdir(ownPath), close: () => handle.close() };
  } catch (error) {
    throw toFileError(error, relativePath);
  }
}

/**
 * Returns the names in a folder, proven to lie inside the root when it is read. Throws what openFolderInside throws.
 */
export async function listInside(rootPath: string, relativePath: string): Promise<string[]> {
  const folder = await openFolderInside(rootPath, relativePath);
  try {
    return await folder.list();
  } finally {
    await folder.close();
  }
}
