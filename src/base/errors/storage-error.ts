import { formatBytes } from '../format-bytes.ts';
import { DomainError } from './domain-error.ts';

/** The code by which the failure is known where only codes pass, such as out of a worker. */
export const storageErrorCode = 'STORAGE_ERROR';

/** The disk, or whatever stands in its place, does not take a file or does not let go of one; nothing was left behind. */
export class StorageError extends DomainError {
  readonly code = storageErrorCode;
  readonly httpStatus = 507;
}

/** The disk has room, and not for a file of that size: nothing of it was taken. */
export class DiskTooSmallError extends DomainError {
  readonly code = 'DISK_TOO_SMALL';
  readonly httpStatus = 507;

  constructor(sizeBytes: number, freeBytes: number) {
    super(
      `The file has ${formatBytes(sizeBytes)}, and the disk that takes uploads in has ${formatBytes(freeBytes)} left: make room, then try again.`,
    );
  }
}

/** Turns the operating system's error of a write into one for people; returns any other error as it is. */
export function toStorageError(error: unknown, doing: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof DomainError || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new StorageError(`${doing} failed (${code}). ${adviceOn(code)}`, { cause: error });
}

function adviceOn(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: make room, then try again.';
    case 'EROFS':
      return 'The disk is read-only.';
    case 'EACCES':
    case 'EPERM':
      return "Give the service's user the right to write there.";
    case 'ENOENT':
    case 'ENOTDIR':
      return 'The folder is not there: mount its disk, or correct root_path in the configuration.';
    case 'EFBIG':
      return 'The disk takes no file of that size.';
    default:
      return 'Check the disk or the network share, then try again.';
  }
}
