import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FileNotFoundOnDiskError,
  FileUnreadableError,
  NotARegularFileError,
  PathOutsideRootError,
} from './delivery-errors.ts';
import { isRootMarker } from '../config/root-marker-name.ts';
import { DomainError } from '../errors/domain-error.ts';
import { proveInside, staysBelow } from './prove-inside.ts';

export interface OpenedFile {
  /** The caller closes it. */
  handle: FileHandle;
  /** Of the open file itself, whatever became of its name; times in nanoseconds too. */
  stats: BigIntStats;
}

// Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever; regular files do not care.
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file for reading and proves that it lies inside the root. The proof is about the descriptor, after
 * the opening, so nobody can swap a folder for a symbolic link between the look and the use. Links are followed as
 * long as they end inside.
 *
 * Throws FileNotFoundOnDiskError, PathOutsideRootError, NotARegularFileError, FileUnreadableError.
 */
export async function openInside(rootPath: string, relativePath: string): Promise<OpenedFile> {
  if (isRootMarker(relativePath)) throw new FileNotFoundOnDiskError(relativePath);
  if (!staysBelow(relativePath)) throw new PathOutsideRootError(relativePath);
  const path = join(rootPath, relativePath);
  try {
    const handle = await open(path, flags);
    try {
      return { handle, stats: await describeInside(handle, path, rootPath, relativePath) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw toDomainError(error, relativePath);
  }
}

async function describeInside(
  handle: FileHandle,
  path: string,
  rootPath: string,
  relativePath: string,
): Promise<BigIntStats> {
  // The place comes first: about what lies outside, not even its kind is told.
  const [stats] = await Promise.all([handle.stat({ bigint: true }), proveInside(handle, path, rootPath, relativePath)]);
  if (!stats.isFile()) throw new NotARegularFileError(relativePath);
  return stats;
}

function toDomainError(error: unknown, relativePath: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error && 'code' in error)) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new FileNotFoundOnDiskError(relativePath, { cause: error });
    // A socket or a device without a driver cannot even be opened.
    case 'ENXIO':
    case 'ENODEV':
      return new NotARegularFileError(relativePath, { cause: error });
    default:
      return new FileUnreadableError(relativePath, String(error.code), { cause: error });
  }
}
