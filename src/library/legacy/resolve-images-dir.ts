import { lstat } from 'node:fs/promises';
import { resolveAllowed, type AllowedPath, type AllowedRoots } from '../hashing/allowed-path.ts';
import { FileNotFoundError } from '../hashing/hash-errors.ts';
import { LegacyDatabaseError } from './legacy-errors.ts';

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
