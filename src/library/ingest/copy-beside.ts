import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StorageError } from '../../base/errors/storage-error.ts';
import { unfinishedPrefix } from '../../base/files/unfinished-files.ts';
import { hashInside } from '../../base/files/hash-inside.ts';
import { IncomingWriter } from './incoming-writer.ts';

/** The path of the copy. It has the name of the original, by which a copy that a killed process left is found again. */
export function pathBeside(originalPath: string, folder: string): string {
  return join(folder, unfinishedPrefix + basename(originalPath));
}

/**
 * Copies a file to another filesystem under a name that no scan takes in, flushes the copy, and reads it once more to see
 * that it arrived. Returns its path. What an earlier process left there is replaced. Throws StorageError.
 */
export async function copyBeside(file: { path: string; sha256: string }, folder: string): Promise<string> {
  const path = pathBeside(file.path, folder);
  try {
    await rm(path, { force: true });
    const handle = await open(path, 'wx');
    try {
      await pipeline(createReadStream(file.path, { highWaterMark: 512 * 1024 }), new IncomingWriter(handle, Infinity));
      await handle.sync();
    } finally {
      await handle.close();
    }
    if ((await hashInside(folder, basename(path))).sha256 !== file.sha256) {
      throw new StorageError('The disk gave back other bytes than were written to it. Check the disk.');
    }
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
