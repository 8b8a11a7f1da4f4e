import { readdir, realpath } from 'node:fs/promises';
import { LegacyDatabaseError } from './legacy-errors.ts';

/** Finds files of the legacy folder of pictures by the names that the database has. */
export interface PictureFinder {
  /** Where the folder is, free of links. */
  readonly rootPath: string;
  /** By exactly that name, else by the only one that differs in case or in the form of its accents. */
  find(
    name: string,
  ): { state: 'found'; filename: string } | { state: 'missing' } | { state: 'ambiguous'; names: string[] };
}

/** Reads the folder once. Throws LegacyDatabaseError where there is none. */
export async function openPictureFinder(folder: string): Promise<PictureFinder> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw new LegacyDatabaseError(
      'IMAGES_DIR_MISSING',
      `There is no folder of pictures that can be read at ${folder}.`,
      {
        cause: error,
      },
    );
  }
  const exact = new Set(names);
  const similar = new Map<string, string[]>();
  for (const name of names) {
    const key = keyOf(name);
    const others = similar.get(key);
    if (others === undefined) similar.set(key, [name]);
    else others.push(name);
  }
  return {
    rootPath: await realpath(folder),
    find(name) {
      if (exact.has(name)) return { state: 'found', filename: name };
      const [filename, ...others] = similar.get(keyOf(name)) ?? [];
      if (filename === undefined) return { state: 'missing' };
      return others.length === 0
        ? { state: 'found', filename }
        : { state: 'ambiguous', names: [filename, ...others].sort() };
    },
  };
}

/** Windows and macOS took these for one name. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
