import { relative, sep } from 'node:path';
import type { Matcher } from '../../catalogue/match-patterns.ts';
import { comparePaths } from './path-order.ts';
import { resolveLink, type LinkTarget } from './resolve-link.ts';
import { isUtf8 } from 'node:buffer';
import { readdirSync, type Dirent } from 'node:fs';

/** What is in one folder on the way from the root to where the walk is. */
export interface ListedFolder {
  /** '' for the root, else the relative path and a `/`. */
  prefix: string;
  /** The folder's real path; differs from the root's path and `prefix` below a link. */
  realPath: string;
  /** The names in the order of the paths below them: that of a folder, or of a link to one, ends in `/`. */
  names: string[];
  /** The links by their names in `names`. Excluded ones are absent from both. */
  links: ReadonlyMap<string, LinkTarget>;
  notUtf8: FolderNames['notUtf8'];
  specialFiles: number;
}

interface FolderToList {
  prefix: string;
  realPath: string;
  realRoot: string;
  matcher: Matcher;
}

/** Lists a folder in path order, with its links resolved; throws what `readdirSync` throws. */
export function listFolder({ prefix, realPath, realRoot, matcher }: FolderToList): ListedFolder {
  const { files, folders, links: linkNames, notUtf8, specialFiles } = readFolder(realPath);
  const links = new Map<string, LinkTarget>();
  for (const name of linkNames) {
    if (matcher.excludes(prefix + name)) continue;
    const target = resolveLink(childPath(realPath, name), realRoot);
    if ('realPath' in target && matcher.isOwn(relative(realRoot, target.realPath))) continue;
    links.set(target.kind === 'folder' ? `${name}/` : name, target);
  }
  const names = [...files, ...folders.map((name) => `${name}/`), ...links.keys()].sort(comparePaths);
  return { prefix, realPath, names, links, notUtf8, specialFiles };
}

/** Joins a path without normalising it, as a scan does so a hundred thousand times. The root may be `/` itself. */
export function childPath(realFolder: string, name: string): string {
  return realFolder.endsWith(sep) ? realFolder + name : realFolder + sep + name;
}

/** The names in one folder by what they are, unsorted. */
interface FolderNames {
  files: string[];
  folders: string[];
  links: string[];
  /** Names that are not UTF-8, so that no string, catalogue or URL can contain them. */
  notUtf8: { name: Buffer; kind: 'file' | 'folder' }[];
  /** How many sockets, FIFOs and devices there are. */
  specialFiles: number;
}

/** Lists a folder by its absolute path; throws what `readdirSync` throws. */
function readFolder(path: string): FolderNames {
  const names: FolderNames = { files: [], folders: [], links: [], notUtf8: [], specialFiles: 0 };
  const entries = readdirSync(path, { withFileTypes: true });
  // A name of invalid bytes arrives with U+FFFD in their place, as does a name that really has this character.
  if (entries.some((entry) => entry.name.includes('\u{fffd}'))) return readByteNames(path, names);
  for (const entry of entries) sortIn(names, entry, entry.name);
  return names;
}

function readByteNames(path: string, names: FolderNames): FolderNames {
  for (const entry of readdirSync(path, { withFileTypes: true, encoding: 'buffer' })) {
    if (isUtf8(entry.name)) sortIn(names, entry, entry.name.toString());
    else if (entry.isDirectory()) names.notUtf8.push({ name: entry.name, kind: 'folder' });
    else if (entry.isFile() || entry.isSymbolicLink()) names.notUtf8.push({ name: entry.name, kind: 'file' });
    else names.specialFiles++;
  }
  return names;
}

function sortIn(names: FolderNames, entry: Dirent<string | Buffer>, name: string): void {
  if (entry.isFile()) names.files.push(name);
  else if (entry.isDirectory()) names.folders.push(name);
  else if (entry.isSymbolicLink()) names.links.push(name);
  else names.specialFiles++;
}
