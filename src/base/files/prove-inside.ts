import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { PathOutsideRootError } from './file-errors.ts';
import { findRealPath, findRealPathSync } from './find-real-path.ts';

/** Something that is open, and by what it was opened. */
export interface Opened {
  fd: number;
  path: string;
  rootPath: string;
  relativePath: string;
  /** The root had no links when it was chosen: one that has some now is another folder. */
  isRealRoot?: boolean;
}

/** A first look at the text alone. `..` is refused even where it stays inside: after a link it means another folder. */
export function staysBelow(relativePath: string): boolean {
  const segments = relativePath.split(sep === '\\' ? /[\\/]/ : '/');
  return !isAbsolute(relativePath) && !relativePath.includes('\0') && !segments.includes('..');
}

/** Throws PathOutsideRootError unless what is open lies below the root, or is it. */
export async function proveInside(opened: Opened): Promise<void> {
  const realPath = await findRealPath(opened);
  if (isBelowAsWritten(realPath, opened)) return;
  if (opened.isRealRoot || !isBelow(realPath, await realpath(opened.rootPath)))
    throw new PathOutsideRootError(opened.relativePath);
}

/** The same, blocking. */
export function proveInsideSync(opened: Opened): void {
  const realPath = findRealPathSync(opened);
  if (isBelowAsWritten(realPath, opened)) return;
  if (opened.isRealRoot || !isBelow(realPath, realpathSync.native(opened.rootPath)))
    throw new PathOutsideRootError(opened.relativePath);
}

/** A real path that leads through the root as it is written shows that no link is on the way; else the root may be one. */
function isBelowAsWritten(realPath: string | null, { rootPath }: Opened): boolean {
  return isBelow(realPath, resolve(rootPath));
}

function isBelow(path: string | null, folder: string): boolean {
  return path !== null && (path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
