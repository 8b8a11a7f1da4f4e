import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const chunkBytes = 512 * 1024;

/** SHA-256, in hexadecimal, and size of a file. The next piece is read while the one before is hashed. */
export async function hashFile(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const handle = await open(path);
  try {
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
  } finally {
    await handle.close();
  }
}
