import { lstat, open, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError, toStorageError } from '../errors/storage-error.ts';
import { copyBeside } from './copy-beside.ts';
import { linkExclusively } from './link-exclusively.ts';
import type { ReceivedFile } from './receive-upload.ts';
import type { PlacedFile, UploadTarget } from './upload-target.ts';

/** Places uploads on the disk, each by one call that either makes the name or fails: nothing is ever overwritten. */
export function createDiskTarget(): UploadTarget {
  return {
    async place(file, { rootPath }, names) {
      try {
        if (!(await stat(rootPath)).isDirectory()) throw new StorageError(`${rootPath} is no folder.`);
        return await placeBelow(rootPath, file, names);
      } catch (error) {
        throw toStorageError(error, 'Placing the upload');
      }
    },
  };
}

async function placeBelow(rootPath: string, file: ReceivedFile, names: AsyncIterable<string>): Promise<PlacedFile> {
  let source = file.path;
  try {
    for await (const name of names) {
      const path = join(rootPath, name);
      let outcome = await linkExclusively(source, path);
      if (outcome === 'other-filesystem') {
        source = await copyBeside(file, rootPath);
        outcome = await linkExclusively(source, path);
      }
      if (outcome === 'placed') return await describePlaced(path, rootPath, name);
    }
  } finally {
    if (source !== file.path) await rm(source, { force: true });
  }
  throw new StorageError('There is no free name left for the file: send it under another one.');
}

async function describePlaced(path: string, rootPath: string, name: string): Promise<PlacedFile> {
  const placed = await lstat(path, { bigint: true });
  await flushFolder(rootPath);
  return {
    relativePath: name,
    sizeBytes: Number(placed.size),
    modifiedNs: placed.mtimeNs,
    undo: () => removeIfSame(path, placed),
  };
}

/** The new name must outlive a power cut. Where folders cannot be flushed, the filesystem does so by itself. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => undefined);
  await folder?.sync().catch(() => undefined); // EINVAL on some network shares
  await folder?.close();
}

/** Somebody may have put another file there meanwhile. */
async function removeIfSame(path: string, { dev, ino }: { dev: bigint; ino: bigint }): Promise<void> {
  const there = await lstat(path, { bigint: true }).catch(() => undefined);
  if (there?.dev === dev && there.ino === ino) await unlink(path);
}
