import { createHash } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { toStorageError } from '../errors/storage-error.ts';

/**
 * Writes a file that is not there yet, down to the disk, and leaves nothing behind where that fails: a full disk, for
 * example. Throws StorageError.
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<{ sizeBytes: number; sha256: string }> {
  try {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await unlink(path).catch(() => undefined); // it was never made, or the error that counts is the first
    throw toStorageError(error, 'Writing the proxy');
  }
  return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
