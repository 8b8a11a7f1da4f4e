import { lstat, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StorageError, toStorageError } from '../../base/errors/storage-error.ts';
import { FileNotFoundOnDiskError, PathOutsideRootError } from '../../base/files/file-errors.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { makeFolderInside, type MadeFolder } from '../../base/files/make-folder-inside.ts';
import { syncFolder } from '../../base/files/sync-folder.ts';
import { expectOnline } from '../roots/expect-online.ts';
import type { Roots } from '../roots/roots.ts';
import { copyBeside, pathBeside } from './copy-beside.ts';
import { maxNames } from './free-names.ts';
import { linkExclusively } from './link-exclusively.ts';
import type { ReceivedFile } from './receive-upload.ts';
import { numberedName } from './safe-filename.ts';
import type { PlacedFile, UploadTarget } from './upload-target.ts';

/** Places uploads on the disk. One call makes the name or fails, so nothing is ever overwritten. */
export function createDiskTarget({ roots }: { roots: Pick<Roots, 'recognise'> }): UploadTarget {
  return {
    async place(file, category, names, folder = '') {
      try {
        await expectOnline(roots, category);
        return await placeAgain(() => placeBelow(category.rootPath, folder, file, names), folder === '' ? 1 : 3);
      } catch (error) {
        throw toStorageError(error, 'Placing the upload');
      }
    },
    async findPlaced(file, { rootPath }, name, folder = '') {
      for (const source of [file.path, pathBeside(file.path, rootPath)]) {
        const placedName = await findOtherName(source, join(rootPath, folder), name);
        const copy = source === file.path ? null : source;
        if (placedName !== null) return describePlaced(rootPath, joinFolder(folder, placedName), copy);
      }
      return null;
    },
  };
}

/** The name that a file with two names has in the folder; null where it has one name only. */
async function findOtherName(source: string, folder: string, name: string): Promise<string | null> {
  const original = await lstat(source, { bigint: true }).catch(() => null); // it was never copied
  if (original === null || original.nlink < 2n) return null;
  for (let number = 0; number < maxNames; number++) {
    const candidate = numberedName(name, number);
    const there = await lstat(join(folder, candidate), { bigint: true }).catch(() => null); // the name is free
    if (there?.dev === original.dev && there.ino === original.ino) return candidate;
  }
  return null;
}

/** Another upload may take away a folder that it had made, and nothing is in, at the moment when this one comes there. */
async function placeAgain(place: () => Promise<PlacedFile>, attempts: number): Promise<PlacedFile> {
  try {
    return await place();
  } catch (error) {
    if (attempts === 1 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return placeAgain(place, attempts - 1);
  }
}

async function placeBelow(
  rootPath: string,
  folder: string,
  file: ReceivedFile,
  names: AsyncIterable<string>,
): Promise<PlacedFile> {
  const made = folder === '' ? rootItself(rootPath) : await makeFolder(rootPath, folder);
  try {
    const placed = await placeIn(made, { rootPath, folder }, file, names);
    return {
      ...placed,
      async undo() {
        await placed.undo();
        await made.undo();
      },
    };
  } catch (error) {
    await made.undo();
    throw error;
  } finally {
    await made.close();
  }
}

/** Nothing of the root is made, and it may be one that the service can write to and not list. */
function rootItself(rootPath: string): Pick<MadeFolder, 'at' | 'undo' | 'close'> {
  return { at: (name) => join(rootPath, name), undo: async () => undefined, close: async () => undefined };
}

/** Throws InvalidInputError where a part of the path is a file, or a link that leads out. */
async function makeFolder(rootPath: string, folder: string): Promise<MadeFolder> {
  try {
    return await makeFolderInside(rootPath, folder);
  } catch (error) {
    if (!(error instanceof PathOutsideRootError) && !(error instanceof FileNotFoundOnDiskError)) throw error;
    throw new InvalidInputError(
      'input.folder',
      `"${folder.slice(0, 80)}" cannot be a folder of the category: a file, or a link that leads out, has a name in it.`,
    );
  }
}

async function placeIn(
  made: Pick<MadeFolder, 'at'>,
  { rootPath, folder }: { rootPath: string; folder: string },
  file: ReceivedFile,
  names: AsyncIterable<string>,
): Promise<PlacedFile> {
  let copy: string | null = null;
  try {
    for await (const name of names) {
      // Through the open folder: what has its name by now may be another one.
      const path = made.at(name);
      let outcome = await linkExclusively(copy ?? file.path, path);
      if (outcome === 'other-filesystem') {
        copy = await copyBeside(file, rootPath);
        outcome = await linkExclusively(copy, path);
      }
      if (outcome === 'placed') return await describePlaced(rootPath, joinFolder(folder, name), copy);
    }
  } catch (error) {
    await removeCopy(copy);
    throw error;
  }
  await removeCopy(copy);
  throw new StorageError('There is no free name left for the file: send it under another one.');
}

function joinFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** `copy` is the path of the copy beside it, where the file came from another filesystem. */
async function describePlaced(rootPath: string, relativePath: string, copy: string | null): Promise<PlacedFile> {
  const path = join(rootPath, relativePath);
  const placed = await lstat(path, { bigint: true });
  // The new name must outlive a power cut. Where folders cannot be flushed, the filesystem does so by itself.
  await syncFolder(dirname(path)).catch(() => undefined);
  return {
    relativePath,
    sizeBytes: Number(placed.size),
    modifiedNs: placed.mtimeNs,
    async undo() {
      await removeIfSame(path, placed);
      await removeCopy(copy);
    },
    settle: () => removeCopy(copy),
  };
}

/** Called when the row is stored: until then a later process finds by the copy what was placed. */
async function removeCopy(copy: string | null): Promise<void> {
  if (copy !== null) await rm(copy, { force: true });
}

/** Removes the file unless somebody has put another one there meanwhile. */
async function removeIfSame(path: string, { dev, ino }: { dev: bigint; ino: bigint }): Promise<void> {
  const there = await lstat(path, { bigint: true }).catch(() => undefined);
  if (there?.dev === dev && there.ino === ino) await unlink(path);
}
