import { isAbsolute, relative } from 'node:path';
import {
  FileNotFoundOnDiskError,
  FileUnreadableError,
  NotARegularFileError as NotARegularFileOnDiskError,
  PathOutsideRootError,
} from '../../base/files/file-errors.ts';
import { openInsideSync } from '../../base/files/open-inside.ts';
import {
  EmptyFileError,
  MediaFileGoneError,
  NotARegularFileError,
  OutsideRootError,
  UnreadableFileError,
} from './probe-errors.ts';

export interface OpenMediaFile {
  fd: number;
  sizeBytes: number;
}

/**
 * Opens a regular file inside the root for reading; the caller closes its `fd`. The path is absolute or starts at the
 * root. Throws a `DomainError` for anything else, with a message for the item's technical metadata.
 */
export function openMediaFile(path: string, rootPath: string): OpenMediaFile {
  try {
    const { fd, stats } = openInsideSync(rootPath, isAbsolute(path) ? relative(rootPath, path) : path);
    return { fd, sizeBytes: Number(stats.size) };
  } catch (error) {
    throw explain(error);
  }
}

/** Throws EmptyFileError for a file without bytes, which has no headers to read. */
export function checkNotEmpty({ sizeBytes }: OpenMediaFile): void {
  if (sizeBytes === 0) throw new EmptyFileError();
}

function explain(error: unknown): unknown {
  if (error instanceof FileNotFoundOnDiskError) return new MediaFileGoneError();
  if (error instanceof PathOutsideRootError) return new OutsideRootError();
  if (error instanceof NotARegularFileOnDiskError) return new NotARegularFileError();
  if (error instanceof FileUnreadableError) return new UnreadableFileError(error.systemCode);
  return error;
}
