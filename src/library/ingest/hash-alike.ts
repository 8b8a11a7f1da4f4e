import { basename, dirname, join } from 'node:path';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import type { Hashing } from '../hashing/hashing.ts';
import type { Roots } from '../roots/roots.ts';
import { type AlikeItem, findAlike, hasAlike } from './sql/find-alike.ts';

/** A file that was received whole, with its SHA-256. */
interface ReceivedBytes {
  path: string;
  sizeBytes: number;
  sha256: string;
}

/**
 * Hashes the catalogued files that may have the same bytes as a received one, and stores their hashes, until one has: an
 * item whose hash nobody has calculated would not be recognised. Files that cannot be read are left out.
 */
export type HashAlike = (file: ReceivedBytes) => Promise<void>;

interface HashAlikeOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  roots: Pick<Roots, 'whyOffline'>;
  hashing: Pick<Hashing, 'hashItem'>;
  pool: FingerprintPool;
  /** Aborted when the service begins to close: then nothing is hashed any more. */
  signal: AbortSignal;
}

interface FingerprintPool {
  run(
    name: 'identifyFiles',
    input: { files: readonly { rootPath: string; path: string }[]; by: 'fingerprint' },
  ): Promise<(string | null)[]>;
}

/** How many files of one size are looked at for one upload; files without a fingerprint are read for it. */
const maxAlike = 500;

export function createHashAlike(options: HashAlikeOptions): HashAlike {
  const { database, hashing, signal } = options;
  return async ({ path, sizeBytes, sha256 }) => {
    // Most uploads have a size of their own, and their bytes are not read again.
    if (!(await hasAlike(database, sizeBytes))) return;
    const [fingerprint = null] = await readFingerprints(options, [{ rootPath: dirname(path), path: basename(path) }]);
    if (fingerprint === null) return;
    const alike = await findAlike(database, { sizeBytes, fingerprint, limit: maxAlike });
    for (const file of await keepThoseWith(options, fingerprint, await locate(options, alike))) {
      const hashed = await orNull(() => hashing.hashItem(join(file.rootPath, file.path), signal), signal);
      if (hashed?.sha256 === sha256 && hashed.isStored) return;
    }
  };
}

interface LocatedItem {
  rootPath: string;
  path: string;
  fingerprint: string | null;
}

/** Leaves out what cannot be read now: the files of a category that is offline, or not configured any more. */
async function locate({ mediaConfig, roots }: HashAlikeOptions, items: readonly AlikeItem[]): Promise<LocatedItem[]> {
  const rootPaths = new Map<string, string>();
  for (const key of new Set(items.map(({ rootCategory }) => rootCategory))) {
    const category = mediaConfig.findCategory(key);
    if (category && (await roots.whyOffline(category)) === null) rootPaths.set(key, category.rootPath);
  }
  return items.flatMap(({ rootCategory, relativePath, fingerprint }) => {
    const rootPath = rootPaths.get(rootCategory);
    return rootPath === undefined ? [] : [{ rootPath, path: relativePath, fingerprint }];
  });
}

/** Three samples of a file cost next to nothing, and say of most that they are other files of the same size. */
async function keepThoseWith(
  options: HashAlikeOptions,
  fingerprint: string,
  items: readonly LocatedItem[],
): Promise<LocatedItem[]> {
  const unknown = items.filter((item) => item.fingerprint === null);
  const read = unknown.length === 0 ? [] : await readFingerprints(options, unknown);
  const found = new Map(unknown.map((item, index) => [item, read[index] ?? null]));
  return items.filter((item) => (item.fingerprint ?? found.get(item)) === fingerprint);
}

async function readFingerprints(
  { pool, signal }: HashAlikeOptions,
  files: readonly { rootPath: string; path: string }[],
): Promise<(string | null)[]> {
  const wanted = files.map(({ rootPath, path }) => ({ rootPath, path }));
  return (await orNull(() => pool.run('identifyFiles', { files: wanted, by: 'fingerprint' }), signal)) ?? [];
}

/** No upload fails for a file that cannot be compared with it, nor because the service closes. */
async function orNull<Result>(act: () => Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DomainError || signal.aborted) return null;
    throw error;
  }
}
