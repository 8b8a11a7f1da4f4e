import { watch, type FSWatcher } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RootListener } from './root-listener.ts';

interface WatchedFolder {
  watcher: FSWatcher;
  folders: Map<string, WatchedFolder>;
  /** Names of what may be a folder and is not watched: links, and what may not be read. */
  unwatched: Set<string>;
  isClosed: boolean;
}

/** Half of what the queue of the system holds by default: when it is full, events are lost without notice. */
const maxEventsAtOnce = 8_000;
const atOnceMs = 1_000;

/**
 * Watches a folder and all below it on a system that watches folders one by one, and goes after those that appear, move and
 * vanish. Throws what the system says where the folder cannot be watched.
 */
export async function watchTree(
  rootPath: string,
  { onPlaces, onGap }: RootListener,
): Promise<{ isGone(): boolean; close(): Promise<void> }> {
  let isClosed = false;
  let isGone = false;
  let isBeginningAnew = false;
  let burst = { beganAt: 0, events: 0 };
  // Events are followed one after the other: what an event says is true when the events before it have been followed.
  let following: Promise<void> = Promise.resolve();
  let root = await openFolder('');

  async function openFolder(place: string): Promise<WatchedFolder> {
    const path = join(rootPath, place);
    // The watch begins before the names are read, so what appears meanwhile is reported.
    const folder: WatchedFolder = {
      watcher: watch(path, { persistent: false }),
      folders: new Map(),
      unwatched: new Set(),
      isClosed: false,
    };
    folder.watcher.on('change', (type, name) => hear(folder, place, type, String(name ?? '')));
    folder.watcher.on('error', onGap);
    try {
      for (const entry of await readdir(path, { withFileTypes: true })) {
        if (entry.isSymbolicLink()) folder.unwatched.add(entry.name);
        if (entry.isDirectory() && !isClosed) await openBelow(folder, place, entry.name);
      }
      return folder;
    } catch (error) {
      closeFolder(folder);
      throw error;
    }
  }

  async function openBelow(parent: WatchedFolder, place: string, name: string): Promise<void> {
    try {
      const folder = await openFolder(placeOf(place, name));
      parent.folders.set(name, folder);
      if (parent.isClosed) closeFolder(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // What may not be read is reported by the scan; what is gone again needs no watch.
      if (code === 'EACCES' || code === 'EPERM') parent.unwatched.add(name);
      else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }

  function hear(folder: WatchedFolder, place: string, type: string | Buffer, name: string): void {
    if (folder.isClosed || isBeginningAnew) return;
    const now = performance.now();
    if (now - burst.beganAt > atOnceMs) burst = { beganAt: now, events: 0 };
    burst.events += 1;
    if (burst.events > maxEventsAtOnce) {
      isBeginningAnew = true;
      follow(beginAnew);
      // A name that is no UTF-8 is not that of the file.
    } else if (name === '' || name.includes('\uFFFD')) onPlaces([{ place, mayBeFolder: true }]);
    else if (type === 'rename') follow(() => lookAt(folder, place, name));
    else onPlaces([{ place: placeOf(place, name), mayBeFolder: mayBeFolder(folder, name) }]);
  }

  function follow(step: () => Promise<void>): void {
    following = following.then(step).catch((error: unknown) => onGap(error as Error));
  }

  /** Something under this name appeared or vanished: whichever folder was there may be another, or below another name. */
  async function lookAt(parent: WatchedFolder, parentPlace: string, name: string): Promise<void> {
    if (parent.isClosed) return;
    const place = placeOf(parentPlace, name);
    const before = parent.folders.get(name);
    const wasFolder = mayBeFolder(parent, name);
    parent.folders.delete(name);
    parent.unwatched.delete(name);
    if (before !== undefined) closeFolder(before);
    const stats = await lstat(join(rootPath, place)).catch(() => null); // gone again, or not to be looked at
    if (stats?.isSymbolicLink()) parent.unwatched.add(name);
    if (stats?.isDirectory()) await openBelow(parent, parentPlace, name);
    // A folder reports its own end under its own name.
    if (before === undefined && stats === null && name === basename(join(rootPath, parentPlace))) {
      if (parentPlace === '') isGone = true;
      return onPlaces([{ place: parentPlace, mayBeFolder: true }]);
    }
    onPlaces([{ place, mayBeFolder: wasFolder || mayBeFolder(parent, name) }]);
  }

  async function beginAnew(): Promise<void> {
    await setTimeout(atOnceMs, undefined, { ref: false });
    closeFolder(root);
    isBeginningAnew = false;
    if (isClosed) return;
    root = await openFolder('');
    if (isClosed) closeFolder(root);
    else onGap(new Error('more happened at once than the system tells of'));
  }

  return {
    /** A folder that is made anew at its path may have its very number. */
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
