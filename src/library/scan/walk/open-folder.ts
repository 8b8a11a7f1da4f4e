import { sep } from 'node:path';
import type { Matcher } from '../../catalogue/match-patterns.ts';
import { comparePaths } from './path-order.ts';
import { readFolder, type FolderNames } from './read-folder.ts';
import { resolveLink, type LinkTarget } from './resolve-link.ts';

/** One folder on the way from the root to where the walk is. */
export interface OpenFolder {
  /** '' for the root, else the relative path and a `/`. */
  prefix: string;
  /** Where it really is; differs from the root's path and `prefix` below a link. */
  realPath: string;
  /** In the order of the paths below them: that of a folder, or of a link to one, ends in `/`. */
  names: string[];
  /** The names that are links, as they stand in `names`. Excluded ones are absent from both. */
  links: ReadonlyMap<string, LinkTarget>;
  notUtf8: FolderNames['notUtf8'];
  specialFiles: number;
}

interface FolderPlace {
  prefix: string;
  realPath: string;
  realRoot: string;
  matcher: Matcher;
}

/** Lists a folder in path order, with its links resolved; throws what `readdirSync` throws. */
export function openFolder({ prefix, realPath, realRoot, matcher }: FolderPlace): OpenFolder {
  const { files, folders, links: linkNames, notUtf8, specialFiles } = readFolder(realPath);
  const links = new Map<string, LinkTarget>();
  for (const name of linkNames) {
    if (matcher.excludes(prefix + name)) continue;
    const target = resolveLink(childPath(realPath, name), realRoot);
    links.set(target.kind === 'folder' ? `${name}/` : name, target);
  }
  const names = [...files, ...folders.map((name) => `${name}/`), ...links.keys()].sort(comparePaths);
  return { prefix, realPath, names, links, notUtf8, specialFiles };
}

/** Joins without the cost of normalising: a hundred thousand times a scan. The root may be `/` itself. */
export function childPath(realFolder: string, name: string): string {
  return realFolder.endsWith(sep) ? realFolder + name : realFolder + sep + name;
}
