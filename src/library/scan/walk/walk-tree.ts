import { existsSync, lstatSync, type BigIntStats } from 'node:fs';
import { isReadable } from './is-readable.ts';
import type { KnownFolders } from './known-folders.ts';
import type { Matcher } from '../../catalogue/match-patterns.ts';
import { childPath, listFolder, type ListedFolder } from './list-folder.ts';
import { isWithin } from '../../../base/files/is-within.ts';
import type { LinkTarget } from './resolve-link.ts';
import type { WalkError } from './walk-entries.ts';
import { sidecarsAmong, signSidecar } from './sign-sidecar.ts';
import { nameNotUtf8, walkError, walkFailure } from './walk-failure.ts';

/** Receives what the walk finds as it goes along, in path order. */
export interface TreeVisitor {
  /** Returns false where the file has to be looked at again, though nothing is wrong with it. */
  file(relativePath: string, stats: BigIntStats, sidecarSignature: string | null): boolean;
  /** A folder in which nothing was added, removed or renamed since it was last looked at: its files are not reported. */
  unchangedFolder(prefix: string): void;
  /** The end of a folder; `signature` changes when the folder does, and null means that it is always looked at. */
  folder(prefix: string, signature: string | null): void;
  error(error: WalkError): void;
  /** Called before each name. */
  shouldStop(): boolean;
}

export interface TreeCounts {
  foldersWalked: number;
  /** Folders that were passed by. */
  foldersUnchanged: number;
  linksNotFollowed: number;
  specialFilesSkipped: number;
}

export interface TreeWalk {
  /** The root without any links in its path. */
  realRoot: string;
  matcher: Matcher;
  visitor: TreeVisitor;
  /** Lets the walk pass by the files of unchanged folders; left out: every file is looked at. */
  known?: KnownFolders | undefined;
  /** Where to begin; left out: at the root. `prefix` ends in `/`. */
  start?: { prefix: string; realPath: string };
}

interface EnteredFolder extends ListedFolder {
  /** The index of the next name. */
  next: number;
  signature: string | null;
  isUnchanged: boolean;
  /** The XMP files among the names; undefined until somebody asks. */
  sidecars?: ReadonlySet<string>;
}

/**
 * Walks a tree in the order of `comparePaths`, and keeps in memory only the names of the folders between the root and the
 * current folder. It blocks its thread. It opens only folders and throws nothing: what cannot be read is reported to the
 * visitor as an error, and the walk goes on.
 */
export function walkTree({ realRoot, matcher, visitor, known, start }: TreeWalk): TreeCounts {
  const counts: TreeCounts = { foldersWalked: 0, foldersUnchanged: 0, linksNotFollowed: 0, specialFilesSkipped: 0 };
  const path: EnteredFolder[] = [];
  const enteredByLink = new Set<string>();

  enter(start?.prefix ?? '', start?.realPath ?? realRoot);
  for (let folder = path.at(-1); folder !== undefined && !visitor.shouldStop(); folder = path.at(-1)) {
    const name = folder.names[folder.next++];
    if (name === undefined) close(folder);
    else visit(folder, name);
  }
  return counts;

  function visit(folder: EnteredFolder, name: string): void {
    const link = folder.links.get(name);
    if (link !== undefined) follow(folder, folder.prefix + name, link);
    else if (!name.endsWith('/')) visitFile(folder, name);
    else if (matcher.descends(folder.prefix + name.slice(0, -1))) {
      enter(folder.prefix + name, childPath(folder.realPath, name.slice(0, -1)));
    }
  }

  function enter(prefix: string, realPath: string): void {
    let folder: ListedFolder;
    let signature: string | null;
    try {
      // The signature is taken first, so that a change while the folder is listed makes it outdated.
      signature = known?.sign(realPath) ?? null;
      const children = known?.childrenOfUnchanged(prefix, signature) ?? null;
      if (children !== null) {
        passBy({ prefix, realPath, names: children });
        return;
      }
      folder = listFolder({ prefix, realPath, realRoot, matcher });
    } catch (error) {
      visitor.error(walkFailure(prefix.slice(0, -1), 'folder', error));
      if (known) visitor.folder(prefix, null);
      return;
    }
    // What a link leads to changes without a trace in the folder that the link is in.
    const isPlain = folder.links.size === 0 && folder.notUtf8.length === 0;
    path.push({ ...folder, next: 0, signature: isPlain ? signature : null, isUnchanged: false });
    counts.foldersWalked++;
    counts.specialFilesSkipped += folder.specialFiles;
    for (const { name, kind } of folder.notUtf8) {
      const nearName = prefix + name.toString();
      const matters = kind === 'folder' ? matcher.descends(nearName) : matcher.accepts(nearName);
      if (matters) visitor.error(nameNotUtf8(prefix, name, kind));
    }
  }

  function passBy(folder: Pick<ListedFolder, 'prefix' | 'realPath' | 'names'>): void {
    visitor.unchangedFolder(folder.prefix);
    counts.foldersUnchanged++;
    path.push({
      ...folder,
      links: new Map(),
      notUtf8: [],
      specialFiles: 0,
      next: 0,
      signature: null,
      isUnchanged: true,
    });
  }

  function close({ prefix, signature, isUnchanged }: EnteredFolder): void {
    path.pop();
    if (known && !isUnchanged) visitor.folder(prefix, signature);
  }

  function visitFile(folder: EnteredFolder, name: string): void {
    const relativePath = folder.prefix + name;
    if (!matcher.accepts(relativePath)) return;
    const realPath = childPath(folder.realPath, name);
    try {
      const stats = lstatSync(realPath, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) leaveIfVanished(folder);
      else if (stats.isFile() && !reportFile(relativePath, realPath, stats, folder)) folder.signature = null;
    } catch (error) {
      folder.signature = null;
      // lstat needs no permission on the file, only the right to search its folder: one error stands for all in there.
      if (['EACCES', 'EPERM', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) leave(folder, error);
      else visitor.error(walkFailure(relativePath, 'file', error));
    }
  }

  /** Reports a file; returns whether it need not be looked at again before its folder changes. */
  function reportFile(relativePath: string, realPath: string, stats: BigIntStats, folder: EnteredFolder): boolean {
    folder.sidecars ??= sidecarsAmong(folder.names);
    const sidecar = folder.sidecars.size === 0 ? null : signSidecar(realPath, folder.sidecars);
    if (isReadable(realPath, stats)) return visitor.file(relativePath, stats, sidecar);
    visitor.error(walkFailure(relativePath, 'file', { code: 'EACCES' }));
    return false;
  }

  function follow(folder: EnteredFolder, pathOrPrefix: string, target: LinkTarget): void {
    const concerns = target.kind === 'error' || (target.kind === 'outside-file' && matcher.accepts(pathOrPrefix));
    if (concerns) visitor.error(walkError(pathOrPrefix, 'file', target.code, target.message));
    else if (target.kind === 'outside-file') return;
    else if (target.kind === 'special') counts.specialFilesSkipped++;
    else if (target.kind === 'folder') enterByLink(pathOrPrefix, target.realPath);
    else if (matcher.accepts(pathOrPrefix)) reportFile(pathOrPrefix, target.realPath, target.stats, folder);
  }

  /**
   * Does not enter a folder above, or one that was entered before: the tree would become endless or grow without
   * limit.
   */
  function enterByLink(prefix: string, realPath: string): void {
    if (!matcher.descends(prefix.slice(0, -1))) return;
    if (enteredByLink.has(realPath) || path.some((folder) => isWithin(folder.realPath, realPath))) {
      counts.linksNotFollowed++;
      return;
    }
    enteredByLink.add(realPath);
    enter(prefix, realPath);
  }

  /**
   * Leaves a folder that is gone: nothing is known about its other files. A file that alone was deleted is simply
   * gone.
   */
  function leaveIfVanished(folder: EnteredFolder): void {
    if (!existsSync(folder.realPath)) leave(folder, { code: 'ENOENT' });
  }

  function leave(folder: EnteredFolder, error: unknown): void {
    visitor.error(walkFailure(folder.prefix.slice(0, -1), 'folder', error));
    close({ ...folder, signature: null });
  }
}
