import { lstat, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StorageError, toStorageError } from '../../base/errors/storage-error.ts';
import { FileNotFoundOnDiskError, FileUnreadableError, PathOutsideRootError } from '../../base/files/file-errors.ts';
import { openFolderInside, type OpenedFolder } from '../../base/files/open-folder-inside.ts';
import { isAsCatalogued } from '../metadata/signature.ts';

interface DescribedFile {
  rootPath: string;
  relativePath: string;
  /** The signature in the row. */
  signature: string;
}

/** A file that may be removed. */
export interface RemovableFile {
  /** Throws StorageError. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder of the file that a row describes, and checks that the file may be removed: it lies inside its root, and
 * has the size and time that the row says. Null where there is no file; throws StorageError where it is another one.
 */
export async function openRemovable({
  rootPath,
  relativePath,
  signature,
}: DescribedFile): Promise<RemovableFile | null> {
  const folder = await openFolder(rootPath, relativePath);
  if (folder === null) return null;
  try {
    const path = folder.at(basename(relativePath));
    if (!(await isDescribed(path, relativePath, signature))) {
      await folder.close();
      return null;
    }
    return {
      async remove() {
        // The check is repeated, as the row was removed in between.
        if (await isDescribed(path, relativePath, signature)) await unlink(path).catch(refuse);
      },
      close: () => folder.close(),
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function openFolder(rootPath: string, relativePath: string): Promise<OpenedFolder | null> {
  try {
    // The check covers the whole path, also the file's own name.
    if (basename(relativePath) === '..') throw new PathOutsideRootError(relativePath);
    return await openFolderInside(rootPath, dirname(relativePath));
  } catch (error) {
    if (error instanceof FileNotFoundOnDiskError) return null;
    if (error instanceof PathOutsideRootError) {
      throw new StorageError('The file lies outside the folder of its category. Nothing was removed.');
    }
    return refuse(error instanceof FileUnreadableError ? error.cause : error);
  }
}

/** Whether the file is the one that the row describes; false where there is none. Throws StorageError for another one. */
async function isDescribed(path: string, relativePath: string, signature: string): Promise<boolean> {
  const stats = await lstat(path, { bigint: true }).catch((error: unknown) =>
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : refuse(error),
  );
  if (stats === null) return false;
  if (!stats.isFile()) {
    throw new StorageError(
      'A link or a folder stands in the place of the file: remove it by hand. Nothing was removed.',
    );
  }
  if (!isAsCatalogued({ relativePath, signature }, stats)) {
    throw new StorageError(
      'The file is not the one that was catalogued: its size or time is another. Scan, and look at it again. Nothing was removed.',
    );
  }
  return true;
}

function refuse(error: unknown): never {
  throw toStorageError(error, 'Removing the file');
}
