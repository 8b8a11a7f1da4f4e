import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, relative, resolve } from 'node:path';
import { isWithin } from '../../base/files/is-within.ts';
import { isStorableText } from '../../base/text.ts';
import { findOtherCase } from './find-other-case.ts';
import { FileNotFoundError, PathNotAllowedError } from './hash-errors.ts';

/** A path that may be read, in the parts that `openInside` takes, which proves it once more when the file is open. */
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

/** Allows the whole disk of a path, for a command line: whoever starts it can read these files anyway. */
export function everywhere(path: string): AllowedRoots {
  return { paths: [parse(resolve(path)).root], setting: 'nothing' };
}

/**
 * Resolves all links of a path and finds the root that the file then lies in. Where nothing has that path, the only file
 * there whose path differs just in case is taken. Throws FileNotFoundError where there is
 * no file inside a root, and PathNotAllowedError outside, also where there is no file, so that nobody learns what is
 * there.
 */
export async function resolveAllowed(path: string, roots: AllowedRoots): Promise<AllowedPath> {
  if (!isStorableText(path)) throw new PathNotAllowedError(path, roots.setting);
  const { realPath, isThere } = await followLinks(resolve(path));
  // A Windows path on another system would be looked up below the working folder.
  for (const root of roots.paths.filter(isAbsolute)) {
    const { realPath: rootPath } = await followLinks(resolve(root));
    if (!isWithin(realPath, rootPath)) continue;
    if (!isThere) return resolveOtherCase(path, relative(rootPath, realPath), rootPath);
    return { rootPath, relativePath: relative(rootPath, realPath), realPath };
  }
  throw new PathNotAllowedError(path, roots.setting);
}

/** Throws FileNotFoundError, also for a file that a link in its path leads out to. */
async function resolveOtherCase(path: string, relativePath: string, rootPath: string): Promise<AllowedPath> {
  const found = await findOtherCase(rootPath, relativePath);
  if (found !== null) {
    const { realPath, isThere } = await followLinks(join(rootPath, found));
    if (isThere && isWithin(realPath, rootPath))
      return { rootPath, relativePath: relative(rootPath, realPath), realPath };
  }
  throw new FileNotFoundError(path);
}

interface LinkEnd {
  realPath: string;
  isThere: boolean;
}

// These are the limits of Linux: nothing is found beyond either.
const maxLinks = 40;
const maxPathLength = 4096;

/**
 * Resolves the links of an absolute path. Where the file does not exist, or is in a folder that may not be searched,
 * which is the same to the caller, the links are followed as far as they can be read.
 */
async function followLinks(path: string, linksLeft = maxLinks): Promise<LinkEnd> {
  const there = await realpath(path).catch(() => null);
  if (there !== null) return { realPath: there, isThere: true };
  const folder = dirname(path);
  if (folder === path || path.length > maxPathLength) return { realPath: path, isThere: false };
  const { realPath: realFolder } = await followLinks(folder, linksLeft);
  const named = join(realFolder, basename(path));
  const target = linksLeft === 0 ? null : await readlink(named).catch(() => null); // no link, or none that may be read
  if (target === null) return { realPath: named, isThere: false };
  return { ...(await followLinks(resolve(realFolder, target), linksLeft - 1)), isThere: false };
}
