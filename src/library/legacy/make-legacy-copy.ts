import { resolveAllowed, type AllowedRoots } from '../hashing/allowed-path.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { FileNotFoundError } from '../hashing/hash-errors.ts';
import type { LegacyCheck } from './check-legacy-copy.task.ts';
import { copyLegacyDatabase } from './copy-legacy-database.ts';
import { LegacyDatabaseError } from './legacy-errors.ts';

export interface LegacyCheckPool {
  run(name: 'checkLegacyCopy', input: { path: string }): Promise<LegacyCheck>;
}

interface MakeCopyOptions {
  pool: LegacyCheckPool;
  path: string;
  roots: AllowedRoots;
  /** A folder for the copy alone; the caller removes it. */
  folder: string;
  signal?: AbortSignal;
}

export interface LegacyCopy {
  path: string;
  rows: { tags: number; models: number; modelTags: number };
}

/**
 * Makes a private copy of a legacy database and checks it. Throws PathNotAllowedError, LegacyDatabaseError with
 * what is wrong with it, and StorageError where there is no room for the copy.
 */
export async function makeLegacyCopy({ pool, path, roots, folder, signal }: MakeCopyOptions): Promise<LegacyCopy> {
  const file = await resolveAllowed(path, roots).catch((error: unknown) => {
    if (!(error instanceof FileNotFoundError)) throw error;
    throw new LegacyDatabaseError('MISSING', `There is no legacy database at ${path}.`);
  });
  const copy = await copyLegacyDatabase(file, folder, signal).catch((error: unknown) => {
    throw toStorageError(error, 'Copying the legacy database');
  });
  const checked = await pool.run('checkLegacyCopy', { path: copy });
  if (!checked.ok) throw new LegacyDatabaseError(checked.fault, checked.message);
  return { path: copy, rows: checked.rows };
}
