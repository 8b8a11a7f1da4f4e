import { constants, type BigIntStats } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import {
  FileNotFoundOnDiskError,
  FileUnreadableError,
  NotARegularFileError,
  PathOutsideRootError,
} from './delivery-errors.ts';
import { findRealPath } from './find-real-path.ts';
import { DomainError } from '../errors/domain-error.ts';

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
  if (!staysBelow(relativePath)) throw new PathOutsideRootError(relativePath);
  const path = join(rootPath, relativePath);
  try {
    const handle = await open(path, flags);
    try {
      return { handle, stats: await proveInside(handle, path, rootPath, relativePath) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw toDomainError(error, relativePath);
  }
}

/** A first look at the text alone. `..` is refused even where it stays inside: after a link it means another folder. */
function staysBelow(relativePath: string): boolean {
  const segments = relativePath.split(sep === '\\' ? /[\\/]/ : '/');
  return !isAbsolute(relativePath) && !relativePath.includes('\0') && !segments.includes('..');
}

async function proveInside(
  handle: FileHandle,
  path: string,
  rootPath: string,
  relativePath: string,
): Promise<BigIntStats> {
  const [stats, realPath] = await Promise.all([handle.stat({ bigint: true }), findRealPath(handle, path)]);
  const isInside = realPath !== null && (await liesBelow(realPath, rootPath));
  // The place comes first: about what lies outside, not even its kind is told.
  if (!isInside) throw new PathOutsideRootError(relativePath);
  if (!stats.isFile()) throw new NotARegularFileError(relativePath);
  return stats;
}

/** A real path that leads through the root as it is written shows that no link is on the way; else the root is one. */
async function liesBelow(realPath: string, rootPath: string): Promise<boolean> {
  return isBelow(realPath, resolve(rootPath)) || isBelow(realPath, await realpath(rootPath));
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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
