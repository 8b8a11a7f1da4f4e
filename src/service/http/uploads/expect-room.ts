import { readDiskSpace } from '../../../base/config/disk-space.ts';
import { DiskTooSmallError, StorageError } from '../../../base/errors/storage-error.ts';

/** With less left, no file is worth a try. */
const fullBelowBytes = 16 * 1024 ** 2;

/**
 * Throws DiskTooSmallError where the disk of a folder has no room for a file of that size though it has some for others, and
 * StorageError where it is full: before a byte is sent, and before what else is on the disk fails for it. A disk that does not say is tried.
 */
export async function expectRoom(folder: string, sizeBytes: number): Promise<void> {
  const space = await readDiskSpace(folder);
  if (space === null || sizeBytes <= space.freeBytes) return;
  if (space.freeBytes < fullBelowBytes) throw new StorageError('The disk is full: make room, then try again.');
  throw new DiskTooSmallError(sizeBytes, space.freeBytes);
}
