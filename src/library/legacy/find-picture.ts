import { listInside } from '../../base/files/open-folder-inside.ts';
import { type AllowedPath, type AllowedRoots, resolveAllowed } from '../hashing/allowed-path.ts';
import type { PictureFile } from '../model-records/picture-tiers.ts';
import { LegacyDatabaseError } from './legacy-errors.ts';
import { lstat } from 'node:fs/promises';
import { FileNotFoundError } from '../hashing/hash-errors.ts';

/** Finds files in the legacy folder of pictures by the names in the database. */
export interface PictureFinder {
  /** The file with exactly that name, else the only one whose name differs just in case or in the form of its accents. */
  find(
    name: string,
  ): { state: 'found'; file: PictureFile } | { state: 'missing' } | { state: 'ambiguous'; names: string[] };
}

/** Reads the folder once. Throws LegacyDatabaseError where there is none. */
export async function createPictureFinder(folder: AllowedPath): Promise<PictureFinder> {
  let names: string[];
  try {
    names = await listInside(folder.rootPath, folder.relativePath);
  } catch (error) {
    throw new LegacyDatabaseError(
      'IMAGES_DIR_MISSING',
      `There is no folder of pictures that can be read at ${folder.realPath}.`,
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
  // Neither a link to a picture nor a link in place of the folder may lead out of the folder.
  const fileOf = (relativePath: string) => ({ rootPath: folder.realPath, relativePath, isRealRoot: true });
  return {
    find(name) {
      if (exact.has(name)) return { state: 'found', file: fileOf(name) };
      const [filename, ...others] = similar.get(keyOf(name)) ?? [];
      if (filename === undefined) return { state: 'missing' };
      return others.length === 0
        ? { state: 'found', file: fileOf(filename) }
        : { state: 'ambiguous', names: [filename, ...others].sort() };
    },
  };
}

/** The key of names that Windows and macOS treat as one. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The folder of pictures. Throws PathNotAllowedError, LegacyDatabaseError where there is none. */
export async function resolveImagesDir(path: string, roots: AllowedRoots): Promise<AllowedPath> {
  try {
    const folder = await resolveAllowed(path, roots);
    if ((await lstat(folder.realPath)).isDirectory()) return folder;
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
  }
  throw new LegacyDatabaseError('IMAGES_DIR_MISSING', `There is no folder of pictures at ${path}.`);
}
