import { realpath } from 'node:fs/promises';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { isStorableText } from '../addressing/storable-text.ts';
import { FileNotFoundError, PathNotAllowedError } from './hash-errors.ts';

/** A path that may be read, for `openInside`, which proves it once more when the file is open. */
export interface AllowedPath {
  /** Free of symbolic links. */
  rootPath: string;
  relativePath: string;
  realPath: string;
}

/** The folders that may be read, and the setting that names them. */
export interface AllowedRoots {
  paths: readonly string[];
  setting: string;
}

/** For a command line: whoever starts it can read these files anyway. */
export function everywhere(path: string): AllowedRoots {
  return { paths: [parse(resolve(path)).root], setting: 'nothing' };
}

/**
 * Resolves all links of a path and finds the root that the file then lies in. Throws PathNotAllowedError, also for a path
 * outside that leads nowhere, so that nobody learns what is there, and FileNotFoundError inside a root.
 */
export async function resolveAllowed(path: string, roots: AllowedRoots): Promise<AllowedPath> {
  if (!isStorableText(path)) throw new PathNotAllowedError(path, roots.setting);
  const absolute = resolve(path);
  const realPath = await realPathOf(absolute);
  // A Windows path on another system would be looked up below the working folder.
  for (const root of roots.paths.filter(isAbsolute)) {
    if (realPath === null && isBelow(absolute, resolve(root))) throw new FileNotFoundError(path);
    const rootPath = realPath === null ? null : await realPathOf(root);
    if (rootPath !== null && realPath !== null && isBelow(realPath, rootPath)) {
      return { rootPath, relativePath: relative(rootPath, realPath), realPath };
    }
  }
  throw new PathNotAllowedError(path, roots.setting);
}

async function realPathOf(path: string): Promise<string | null> {
  return realpath(path).catch(() => null); // not there, or in a folder that may not be searched: the same to the caller
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
