import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import {
  EmptyFileError,
  MediaFileGoneError,
  NotARegularFileError,
  OutsideRootError,
  UnreadableFileError,
} from './probe-errors.ts';

export interface OpenMediaFile {
  fd: number;
  /** Without links, for libraries that open files by themselves. */
  realPath: string;
  sizeBytes: number;
}

/**
 * Opens a regular, non-empty file inside the root for reading; the caller closes its `fd`. The path is absolute or starts
 * at the root. Throws a `DomainError` for anything else.
 */
export function openMediaFile(path: string, rootPath: string): OpenMediaFile {
  try {
    const realPath = realpathSync.native(resolve(rootPath, path));
    if (!isInside(realpathSync.native(rootPath), realPath)) throw new OutsideRootError();
    // Opening a device can move a tape, and opening a socket fails with an error that says nothing.
    if (!statSync(realPath).isFile()) throw new NotARegularFileError();
    return openRegularFile(realPath);
  } catch (error) {
    throw isSystemError(error) ? explain(error) : error;
  }
}

/** Between `stat` and `open` another may put a pipe or a link in the file's place: do not block on it nor follow it. */
function openRegularFile(realPath: string): OpenMediaFile {
  const fd = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new NotARegularFileError();
    if (stats.size === 0) throw new EmptyFileError();
    return { fd, realPath, sizeBytes: stats.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** The system's own message has the absolute path, which is no client's business. */
function explain(error: { code: string }): Error {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new MediaFileGoneError();
    // The two answers to O_NOFOLLOW on a link, and the one to opening a socket.
    case 'ELOOP':
    case 'EMLINK':
    case 'ENXIO':
      return new NotARegularFileError();
    default:
      return new UnreadableFileError(error.code);
  }
}
