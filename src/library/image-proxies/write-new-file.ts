import { createHash } from 'node:crypto';
import { unlink, writeFile } from 'node:fs/promises';
import { toStorageError } from '../../base/errors/storage-error.ts';

/**
 * Writes a file that is not there yet, and leaves nothing behind where that fails: a full disk, for example. It is on the
 * disk when it is published, for a thread that waits for the disk renders nothing. Throws StorageError.
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<{ sizeBytes: number; sha256: string }> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (error) {
    await unlink(path).catch(() => undefined); // it was never made, or the error that counts is the first
    throw toStorageError(error, 'Writing the proxy');
  }
  return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
