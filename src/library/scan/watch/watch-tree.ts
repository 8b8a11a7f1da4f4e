import { watch, type FSWatcher } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RootListener } from './root-listener.ts';

interface WatchedFolder {
  watcher: FSWatcher;
  folders: Map<string, WatchedFolder>;
  /** Names of what may be a folder and is not watched: links, and folders without read permission. */
  unwatched: Set<string>;
  isClosed: boolean;
}

/** Half the default length of the system's queue: when that is full, events are lost without notice. */
const maxEventsAtOnce = 8_000;
const atOnceMs = 1_000;

/**
 * Watches a folder and all below it on a system that watches folders one by one, and follows those that appear, move and
 * vanish. Folders that are left out are not watched: the system has a limit for watches. Throws the system's error where the folder cannot be watched.
 */
export async function watchTree(
  rootPath: string,
  { onPlaces, onGap }: RootListener,
  isLeftOut: (place: string) => boolean = () => false,
): Promise<{ isGone(): boolean; close(): Promise<void> }> {
  let isClosed = false;
  let isGone = false;
  let isRestarting = false;
  let burst = { beganAt: 0, events: 0 };
  // Events are followed one after the other: what an event reports is true once those before it have been followed.
  let following: Promise<void> = Promise.resolve();
  let root = await watchFolder('');

  async function watchFolder(place: string): Promise<WatchedFolder> {
    const path = join(rootPath, place);
    // The watch begins before the names are read, so that what appears meanwhile is reported.
    const folder: WatchedFolder = {
      watcher: watch(path, { persistent: false }),
      folders: new Map(),
      unwatched: new Set(),
      isClosed: false,
    };
    folder.watcher.on('change', (type, name) => onEvent(folder, place, type, String(name ?? '')));
    folder.watcher.on('error', onGap);
    try {
      for (const entry of await readdir(path, { withFileTypes: true })) {
        if (entry.isSymbolicLink()) folder.unwatched.add(entry.name);
        if (entry.isDirectory() && !isClosed) await watchBelow(folder, place, entry.name);
      }
      return folder;
    } catch (error) {
      closeFolder(folder);
      throw error;
    }
  }

  async function watchBelow(parent: WatchedFolder, place: string, name: string): Promise<void> {
    if (isLeftOut(placeOf(place, name))) return;
    try {
      const folder = await watchFolder(placeOf(place, name));
      parent.folders.set(name, folder);
      if (parent.isClosed) closeFolder(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The scan reports what may not be read; what is gone again needs no watch.
      if (code === 'EACCES' || code === 'EPERM') parent.unwatched.add(name);
      else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }

  function onEvent(folder: WatchedFolder, place: string, type: string | Buffer, name: string): void {
    if (folder.isClosed || isRestarting) return;
    const now = performance.now();
    if (now - burst.beganAt > atOnceMs) burst = { beganAt: now, events: 0 };
    burst.events += 1;
    if (burst.events > maxEventsAtOnce) {
      isRestarting = true;
      follow(restart);
      // A name that is not UTF-8 arrives changed, so its folder is reported.
    } else if (name === '' || name.includes('\uFFFD')) onPlaces([{ place, mayBeFolder: true }]);
    else if (type === 'rename') follow(() => lookAt(folder, place, name));
    else onPlaces([{ place: placeOf(place, name), mayBeFolder: mayBeFolder(folder, name) }]);
  }

  function follow(step: () => Promise<void>): void {
    following = following.then(step).catch((error: unknown) => onGap(error as Error));
  }

  /** Follows that a name appeared or vanished: a folder of this name may be another one now, or have another name. */
  async function lookAt(parent: WatchedFolder, parentPlace: string, name: string): Promise<void> {
    if (parent.isClosed) return;
    const place = placeOf(parentPlace, name);
    const before = parent.folders.get(name);
    const wasFolder = mayBeFolder(parent, name);
    parent.folders.delete(name);
    parent.unwatched.delete(name);
    if (before !== undefined) closeFolder(before);
    const stats = await lstat(join(rootPath, place)).catch(() => null); // It is gone again, or out of reach.
    if (stats?.isSymbolicLink()) parent.unwatched.add(name);
    if (stats?.isDirectory()) await watchBelow(parent, parentPlace, name);
    // The event of a folder's own end has the folder's own name.
    if (before === undefined && stats === null && name === basename(join(rootPath, parentPlace))) {
      if (parentPlace === '') isGone = true;
      return onPlaces([{ place: parentPlace, mayBeFolder: true }]);
    }
    onPlaces([{ place, mayBeFolder: wasFolder || mayBeFolder(parent, name) }]);
  }

  async function restart(): Promise<void> {
    await setTimeout(atOnceMs, undefined, { ref: false });
    closeFolder(root);
    isRestarting = false;
    if (isClosed) return;
    root = await watchFolder('');
    if (isClosed) closeFolder(root);
    else onGap(new Error('more happened at once than the system tells of'));
  }

  return {
    /** Known by events, as a new folder at the path may have the same inode. */
    isGone: () => isGone,
    async close() {
      isClosed = true;
      closeFolder(root);
    },
  };
}

function mayBeFolder({ folders, unwatched }: WatchedFolder, name: string): boolean {
  return folders.has(name) || unwatched.has(name);
}

function closeFolder(folder: WatchedFolder): void {
  folder.isClosed = true;
  folder.watcher.close();
  for (const below of folder.folders.values()) closeFolder(below);
}

function placeOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
