import { statfs } from 'node:fs/promises';
import { orAfter } from '../async/or-after.ts';

/** How much the disk of a folder has, in bytes. */
export interface DiskSpace {
  /** As much as this process may still write. */
  freeBytes: number;
  totalBytes: number;
}

/** A share whose server is gone may never answer. */
const patienceMs = 3_000;

/** Reads the space of the disk that a folder lies on, beside the event loop; null where it cannot be told. */
export async function readDiskSpace(path: string): Promise<DiskSpace | null> {
  const reading = statfs(path, { bigint: true }).then(
    ({ bavail, blocks, bsize }) => ({ freeBytes: toBytes(bavail * bsize), totalBytes: toBytes(blocks * bsize) }),
    () => null, // Whatever the reason: nothing is known of it.
  );
  return orAfter(reading, patienceMs, null);
}

/** Some network shares answer that they have no end. */
function toBytes(bytes: bigint): number {
  return Number(bytes < BigInt(Number.MAX_SAFE_INTEGER) ? bytes : BigInt(Number.MAX_SAFE_INTEGER));
}
