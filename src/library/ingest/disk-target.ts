import { lstat, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError, toStorageError } from '../../base/errors/storage-error.ts';
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
    async place(file, category, names) {
      try {
        await expectOnline(roots, category);
        return await placeBelow(category.rootPath, file, names);
      } catch (error) {
        throw toStorageError(error, 'Placing the upload');
      }
    },
    async findPlaced(file, { rootPath }, name) {
      for (const source of [file.path, pathBeside(file.path, rootPath)]) {
        const placedName = await findOtherName(source, rootPath, name);
        const copy = source === file.path ? null : source;
        if (placedName !== null) return describePlaced(rootPath, placedName, copy);
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

async function placeBelow(rootPath: string, file: ReceivedFile, names: AsyncIterable<string>): Promise<PlacedFile> {
  let copy: string | null = null;
  try {
    for await (const name of names) {
      const path = join(rootPath, name);
      let outcome = await linkExclusively(copy ?? file.path, path);
      if (outcome === 'other-filesystem') {
        copy = await copyBeside(file, rootPath);
        outcome = await linkExclusively(copy, path);
      }
      if (outcome === 'placed') return await describePlaced(rootPath, name, copy);
    }
  } catch (error) {
    await removeCopy(copy);
    throw error;
  }
  await removeCopy(copy);
  throw new StorageError('There is no free name left for the file: send it under another one.');
}

/** `copy` is the path of the copy beside it, where the file came from another filesystem. */
async function describePlaced(rootPath: string, name: string, copy: string | null): Promise<PlacedFile> {
  const path = join(rootPath, name);
  const placed = await lstat(path, { bigint: true });
  // The new name must outlive a power cut. Where folders cannot be flushed, the filesystem does so by itself.
  await syncFolder(rootPath).catch(() => undefined);
  return {
    relativePath: name,
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
