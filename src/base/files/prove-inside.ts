import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { PathOutsideRootError } from './file-errors.ts';
import { findRealPath, findRealPathSync } from './find-real-path.ts';
import { isWithin } from './is-within.ts';

/** An open file or folder, and the names by which it was opened. */
export interface Opened {
  fd: number;
  path: string;
  rootPath: string;
  relativePath: string;
  /** The root had no links when it was chosen: one that has some now is another folder. */
  isRealRoot?: boolean;
}

/**
 * Judges the text alone, before anything is opened. `..` is refused even where it stays inside: after a link it means
 * another folder.
 */
export function staysBelow(relativePath: string): boolean {
  const segments = relativePath.split(sep === '\\' ? /[\\/]/ : '/');
  return !isAbsolute(relativePath) && !relativePath.includes('\0') && !segments.includes('..');
}

/** Throws PathOutsideRootError unless what is open lies below the root, or is it. */
export async function proveInside(opened: Opened): Promise<void> {
  const realPath = await findRealPath(opened);
  if (isWithinAsWritten(realPath, opened)) return;
  if (opened.isRealRoot || !isProvenWithin(realPath, await realpath(opened.rootPath)))
    throw new PathOutsideRootError(opened.relativePath);
}

/** `proveInside`, blocking. */
export function proveInsideSync(opened: Opened): void {
  const realPath = findRealPathSync(opened);
  if (isWithinAsWritten(realPath, opened)) return;
  if (opened.isRealRoot || !isProvenWithin(realPath, realpathSync.native(opened.rootPath)))
    throw new PathOutsideRootError(opened.relativePath);
}

/** A real path that leads through the root as it is written shows that no link is on the way; else the root may be one. */
function isWithinAsWritten(realPath: string | null, { rootPath }: Opened): boolean {
  return isProvenWithin(realPath, resolve(rootPath));
}

function isProvenWithin(realPath: string | null, folder: string): boolean {
  return realPath !== null && isWithin(realPath, folder);
}
