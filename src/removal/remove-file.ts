import { constants } from 'node:fs';
import { lstat, open, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PathOutsideRootError } from '../delivery/delivery-errors.ts';
import { proveInside, staysBelow } from '../delivery/prove-inside.ts';
import { StorageError, toStorageError } from '../errors/storage-error.ts';
import { signatureOf } from '../scan/signature.ts';

interface DescribedFile {
  rootPath: string;
  relativePath: string;
  /** As the row has it. */
  signature: string;
}

/** A file that may be removed. */
export interface RemovableFile {
  /** Throws StorageError. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks whether the file that a row describes may be removed: it lies inside its root, and has the size and time that the
 * row says. Null where there is none; throws StorageError where another one stands there.
 */
export async function openRemovable({
  rootPath,
  relativePath,
  signature,
}: DescribedFile): Promise<RemovableFile | null> {
  if (!staysBelow(relativePath)) throw outsideRoot();
  const folderPath = join(rootPath, dirname(relativePath));
  const folder = await openFolder(folderPath);
  if (folder === null) return null;
  try {
    await proveInside(folder, folderPath, rootPath, relativePath).catch((error: unknown) => {
      throw error instanceof PathOutsideRootError ? outsideRoot() : error;
    });
    const path = join(heldPath(folder, folderPath), basename(relativePath));
    if (!(await isDescribed(path, relativePath, signature))) {
      await folder.close();
      return null;
    }
    return {
      async remove() {
        // Once more: the row's removal took its time.
        if (await isDescribed(path, relativePath, signature)) await unlink(path).catch(refuse);
      },
      close: () => folder.close(),
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function openFolder(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return refuse(error);
  }
}

/** On Linux a name in the folder that is open, wherever its own name leads by now. */
function heldPath({ fd }: FileHandle, folderPath: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${fd}` : folderPath;
}

/** False where nothing is there. */
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
  if (signatureOf(relativePath, Number(stats.size), stats.mtimeNs) !== signature) {
    throw new StorageError(
      'The file is not the one that was catalogued: its size or time is another. Scan, and look at it again. Nothing was removed.',
    );
  }
  return true;
}

function outsideRoot(): StorageError {
  return new StorageError('The file lies outside the folder of its category. Nothing was removed.');
}

function refuse(error: unknown): never {
  throw toStorageError(error, 'Removing the file');
}
