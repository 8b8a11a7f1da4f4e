import { escapeName } from '../../../base/files/escape-name.ts';
import type { WalkError, WalkErrorCode } from './walk-entries.ts';

/** The walk's error for what the system refused: `error` is what a call of `node:fs` threw. */
export function walkFailure(relativePath: string, kind: WalkError['kind'], error: unknown): WalkError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return walkError(relativePath, kind, errorCode(kind, reason), `${whatHappened(kind, reason)} ${advice(reason)}`);
}

/** The walk's error at a path that can be written as text. */
export function walkError(
  relativePath: string,
  kind: WalkError['kind'],
  code: WalkErrorCode,
  message: string,
): WalkError {
  return { code, kind, path: escapeName(relativePath) || '.', relativePath, message };
}

/** The walk's error for a name of bytes that are no UTF-8, in the folder at `prefix` ('' or ending in `/`). */
export function nameNotUtf8(prefix: string, name: Buffer, kind: WalkError['kind']): WalkError {
  const message = 'The name is not UTF-8. Rename it, for example with convmv.';
  return { code: 'NAME_NOT_UTF8', kind, path: escapeName(prefix) + escapeName(name), relativePath: null, message };
}

/** The walk's error for a file that was modified a moment ago. */
export function stillChanging(relativePath: string): WalkError {
  return walkError(
    relativePath,
    'file',
    'STILL_CHANGING',
    'The file may still be written. It is scanned when it rests.',
  );
}

/** The walk's error for a file whose path is too long for the catalogue's database. */
export function pathTooLong(relativePath: string, maxBytes: number): WalkError {
  const message = `Its path below the root is over ${maxBytes} bytes, more than PostgreSQL takes.`;
  return walkError(relativePath, 'file', 'PATH_TOO_LONG', `${message} ${advice('ENAMETOOLONG')}`);
}

/** Whether a call of `node:fs` threw because nothing is at the path. */
export function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function errorCode(kind: WalkError['kind'], reason: string): WalkErrorCode {
  if (reason === 'ENAMETOOLONG') return 'PATH_TOO_LONG';
  return kind === 'folder' ? 'UNREADABLE_FOLDER' : 'UNREADABLE_FILE';
}

function whatHappened(kind: WalkError['kind'], reason: string): string {
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return `The ${kind} vanished during the scan (${reason}).`;
  return `The ${kind} cannot be read (${reason}).`;
}

function advice(reason: string): string {
  switch (reason) {
    case 'EACCES':
    case 'EPERM':
      return "Give the service's user permission to read files, and to read and search folders.";
    case 'ENAMETOOLONG':
      return 'Shorten its name or those of the folders above it.';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'Scan again once the folders are at rest.';
    default:
      return 'Check the disk or the network share, then scan again.';
  }
}
