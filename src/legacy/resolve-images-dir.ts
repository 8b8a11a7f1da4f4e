import { lstat } from 'node:fs/promises';
import { resolveAllowed, type AllowedRoots } from '../hashing/allowed-path.ts';
import { FileNotFoundError } from '../hashing/hash-errors.ts';
import { LegacyDatabaseError } from './legacy-errors.ts';

/** The real path of the folder of pictures. Throws PathNotAllowedError, LegacyDatabaseError where there is none. */
export async function resolveImagesDir(path: string, roots: AllowedRoots): Promise<string> {
  try {
    const { realPath } = await resolveAllowed(path, roots);
    if ((await lstat(realPath)).isDirectory()) return realPath;
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
  }
  throw new LegacyDatabaseError('IMAGES_DIR_MISSING', `There is no folder of pictures at ${path}.`);
}
