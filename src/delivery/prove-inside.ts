import { realpath, type FileHandle } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { PathOutsideRootError } from './delivery-errors.ts';
import { findRealPath } from './find-real-path.ts';

/** A first look at the text alone. `..` is refused even where it stays inside: after a link it means another folder. */
export function staysBelow(relativePath: string): boolean {
  const segments = relativePath.split(sep === '\\' ? /[\\/]/ : '/');
  return !isAbsolute(relativePath) && !relativePath.includes('\0') && !segments.includes('..');
}

/** Throws PathOutsideRootError unless what is open lies below the root, or is it. `path` is what it was opened by. */
export async function proveInside(
  handle: FileHandle,
  path: string,
  rootPath: string,
  relativePath: string,
): Promise<void> {
  const realPath = await findRealPath(handle, path);
  if (realPath === null || !(await liesBelow(realPath, rootPath))) throw new PathOutsideRootError(relativePath);
}

/** A real path that leads through the root as it is written shows that no link is on the way; else the root is one. */
async function liesBelow(realPath: string, rootPath: string): Promise<boolean> {
  return isBelow(realPath, resolve(rootPath)) || isBelow(realPath, await realpath(rootPath));
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
