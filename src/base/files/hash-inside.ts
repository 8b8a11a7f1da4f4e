import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { openInside } from './open-inside.ts';

const chunkBytes = 512 * 1024;

/** Returns the SHA-256, in hexadecimal, and the size of a file in the folder. Throws what openInside throws. */
export async function hashInside(folder: string, name: string): Promise<{ sha256: string; sizeBytes: number }> {
  const { handle } = await openInside(folder, name);
  try {
    return await hashOpen(handle);
  } finally {
    await handle.close();
  }
}

/** The next piece is read while the one before is hashed. */
async function hashOpen(handle: FileHandle): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let [current, next] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
  let sizeBytes = 0;
  let { bytesRead } = await handle.read(current, 0, chunkBytes, 0);
  while (bytesRead > 0) {
    sizeBytes += bytesRead;
    const reading = handle.read(next, 0, chunkBytes, sizeBytes);
    hash.update(current.subarray(0, bytesRead));
    ({ bytesRead } = await reading);
    [current, next] = [next, current];
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}
