import type { Dropped, FileHandle, FolderHandle, KeptHandle } from './dropped.ts';
import { isLitter } from './media-kinds.ts';

/** A file with the folder that it came in, and what has to be asked for to read it after a reload. */
export interface Found {
  name: string;
  /** Null where it cannot be read. */
  file: File | null;
  folder: string;
  handle: FileHandle | null;
  root: KeptHandle | null;
}

/**
 * Finds the files in what was dropped, one after the other: a folder of 70 000 is never held as a list. Folders are named from the
 * dropped one on.
 */
export async function* walkDropped(dropped: readonly Dropped[]): AsyncGenerator<Found> {
  for (const each of dropped) {
    if (each.kind === 'file') yield plain(each.file, '');
    else if (each.kind === 'entry') yield* walkEntry(each.entry, '');
    else {
      const handle = await each.handle;
      if (handle !== null) yield* walkHandle(handle, '', handle);
      else if (each.file !== null) yield plain(each.file, '');
    }
  }
}

/** Finds those that a picker gave; the browser names the folder of each. */
export function* walkPicked(files: Iterable<File>): Generator<Found> {
  for (const file of files) {
    const folder = file.webkitRelativePath.split('/').slice(0, -1).join('/');
    if (folder === '' || !isLitter(file.webkitRelativePath)) yield plain(file, folder);
  }
}

async function* walkHandle(handle: FileHandle | FolderHandle, folder: string, root: KeptHandle): AsyncGenerator<Found> {
  if (folder !== '' && isLitter(handle.name)) return;
  if (handle.kind === 'file') {
    yield { name: handle.name, file: await handle.getFile().catch(() => null), folder, handle, root };
    return;
  }
  try {
    for await (const inside of handle.values()) yield* walkHandle(inside, below(folder, handle.name), root);
  } catch {
    yield unreadable(handle.name, folder);
  }
}

async function* walkEntry(entry: FileSystemEntry, folder: string): AsyncGenerator<Found> {
  if (folder !== '' && isLitter(entry.name)) return;
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => {
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null));
    });
    yield { name: entry.name, file, folder, handle: null, root: null };
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // Browsers give a hundred or so at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[] | null>((resolve) => {
      reader.readEntries(resolve, () => resolve(null));
    });
    if (some === null) yield unreadable(entry.name, folder);
    if (some === null || some.length === 0) return;
    for (const inside of some) yield* walkEntry(inside, below(folder, entry.name));
  }
}

/** A folder that went away while it was looked through, or that may not be read: what was found in it before counts. */
function unreadable(name: string, folder: string): Found {
  return { name, file: null, folder, handle: null, root: null };
}

function plain(file: File, folder: string): Found {
  return { name: file.name, file, folder, handle: null, root: null };
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
