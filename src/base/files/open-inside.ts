import { closeSync, constants, fstatSync, openSync, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isRootMarker } from './root-marker-name.ts';
import { FileNotFoundOnDiskError, NotARegularFileError, PathOutsideRootError, toFileError } from './file-errors.ts';
import { proveInside, proveInsideSync, staysBelow } from './prove-inside.ts';

export interface OpenedFile {
  /** The caller closes it. */
  handle: FileHandle;
  /** Describes the open file itself, whatever became of its name; times in nanoseconds too. */
  stats: BigIntStats;
}

interface OpenOptions {
  /** Whether the root's marker may be opened, as recognising a root needs; for all others there is no such file. */
  isMarker?: boolean;
  /** The root was free of links when it was chosen, and must still be. */
  isRealRoot?: boolean;
}

// Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever; regular files do not care.
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file for reading and proves that it lies inside the root. The proof is about the descriptor, after
 * the opening, so nobody can swap a folder for a symbolic link between the check and the use. Links are followed as
 * long as they end inside.
 *
 * Throws FileNotFoundOnDiskError, PathOutsideRootError, NotARegularFileError, FileUnreadableError.
 */
export async function openInside(
  rootPath: string,
  relativePath: string,
  options: OpenOptions = {},
): Promise<OpenedFile> {
  const path = toPath(rootPath, relativePath, options);
  try {
    const handle = await open(path, flags);
    try {
      // The proof comes before the kind: not even the kind of what lies outside is disclosed.
      const { isRealRoot = false } = options;
      const opened = { fd: handle.fd, path, rootPath, relativePath, isRealRoot };
      const [stats] = await Promise.all([handle.stat({ bigint: true }), proveInside(opened)]);
      return { handle, stats: regular(stats, relativePath) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw toFileError(error, relativePath);
  }
}

/** `openInside`, blocking, for a worker that goes through many files. The caller closes `fd`. */
export function openInsideSync(rootPath: string, relativePath: string): { fd: number; stats: BigIntStats } {
  const path = toPath(rootPath, relativePath, {});
  try {
    const fd = openSync(path, flags);
    try {
      proveInsideSync({ fd, path, rootPath, relativePath });
      return { fd, stats: regular(fstatSync(fd, { bigint: true }), relativePath) };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch (error) {
    throw toFileError(error, relativePath);
  }
}

function toPath(rootPath: string, relativePath: string, { isMarker = false }: OpenOptions): string {
  if (isRootMarker(relativePath) && !isMarker) throw new FileNotFoundOnDiskError(relativePath);
  if (!staysBelow(relativePath)) throw new PathOutsideRootError(relativePath);
  return join(rootPath, relativePath);
}

function regular(stats: BigIntStats, relativePath: string): BigIntStats {
  if (!stats.isFile()) throw new NotARegularFileError(relativePath);
  return stats;
}
