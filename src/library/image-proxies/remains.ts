import { join, sep } from 'node:path';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';
import {
  deleteProxyRows,
  readKnownNames,
  readOriginalRemains,
  readProxyRemains,
  type ProxyRemains,
} from './sql/proxy-remains.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import type { ListedFile, ProxyFiles } from './proxy-files.ts';

interface ClearedRemains {
  /** How many remains of images that are gone were removed or, in a dry run, would be. */
  removed: number;
  /** Uploaded objects that nobody can remove while no object storage is configured; their rows keep the keys. */
  left: number;
}

interface ClearOptions {
  dryRun: boolean;
  signal?: AbortSignal;
}

/** What is left of images that are gone: rows, files and objects. */
export interface Remains {
  /**
   * Removes the remains, or counts them in a dry run, until the signal is aborted. Throws ObjectStorageError and
   * StorageError; the next call goes on from there.
   */
  clear(options: ClearOptions): Promise<ClearedRemains>;
  /**
   * Removes at once what is left of items whose rows are gone, and not what is left of those that are hidden, which may
   * be restored. What cannot be removed is left to `clear`. Throws what that throws.
   */
  clearRemoved(): Promise<void>;
  /** Whether a catalogued file is a proxy itself: a category's root may hold the service's own folder. */
  isProxyFile(item: ProxyCandidate): boolean;
}

interface RemainsOptions {
  database: Database;
  files: ProxyFiles;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  /** Null where no object storage is configured. */
  objectStore: Pick<ObjectStore, 'remove'> | null;
}

const atOnce = 200;
const maxCounted = 1_000_000;
// A proxy's file is there before its row is: whoever put it there may wait a minute for the database, and once more behind
// each of the transactions before its own.
const orphanedAfterMs = 60 * 60_000;

export function createRemains({ database, files, mediaConfig, objectStore }: RemainsOptions): Remains {
  /** Removes the rows last: until then it is known what is left to do. */
  async function clearProxies(remains: readonly ProxyRemains[]): Promise<void> {
    const own = remains.filter(({ isNameTaken }) => !isNameTaken);
    await objectStore?.remove(own.flatMap(({ s3Key }) => s3Key ?? []));
    await files.remove(own.map(({ filename }) => filename));
    await deleteProxyRows(
      database,
      remains.map(({ id }) => id),
    );
  }

  async function clearOriginals(keys: readonly string[]): Promise<void> {
    await objectStore?.remove(keys);
    await database.prisma.analysisOriginal.deleteMany({ where: { s3Key: { in: [...keys] } } });
  }

  /** Files without a row. A file that has none now, and has been in place for long, will not get one. */
  async function findOrphans(listed: readonly ListedFile[]): Promise<string[]> {
    const known = await readKnownNames(
      database,
      listed.map(({ filename }) => filename),
    );
    const orphans: string[] = [];
    for (const { filename, isAbandoned } of listed) {
      if (known.has(filename)) continue;
      if (isAbandoned || (await files.ageMs(filename)) > orphanedAfterMs) orphans.push(filename);
    }
    return orphans;
  }

  async function clearFiles({ dryRun, signal }: ClearOptions): Promise<number> {
    let cleared = 0;
    let page: ListedFile[] = [];
    const clearPage = async () => {
      const orphans = await findOrphans(page);
      if (!dryRun) await files.remove(orphans);
      cleared += orphans.length;
      page = [];
    };
    for await (const file of files.list()) {
      if (signal?.aborted) return cleared;
      page.push(file);
      if (page.length >= atOnce) await clearPage();
    }
    await clearPage();
    return cleared;
  }

  /** Without a store only rows without an object are removed: with a row, the key of its object would be lost. */
  async function clearRows(options: ClearOptions): Promise<ClearedRemains> {
    const readProxies = (limit: number) =>
      readProxyRemains(database, { limit, ...(objectStore === null && { hasKey: false }) });
    const proxies = await clearAll(readProxies, clearProxies, options);
    if (objectStore === null) {
      const uploaded = await readProxyRemains(database, { limit: maxCounted, hasKey: true });
      return { removed: proxies, left: uploaded.length + (await readOriginalRemains(database, maxCounted)).length };
    }
    const originals = await clearAll((limit) => readOriginalRemains(database, limit), clearOriginals, options);
    return { removed: proxies + originals, left: 0 };
  }

  return {
    async clear(options) {
      const { removed, left } = await clearRows(options);
      return { removed: removed + (await clearFiles(options)), left };
    },
    async clearRemoved() {
      const readProxies = (limit: number) =>
        readProxyRemains(database, { limit, isItemGone: true, ...(objectStore === null && { hasKey: false }) });
      await clearAll(readProxies, clearProxies, { dryRun: false });
      if (objectStore === null) return;
      await clearAll((limit) => readOriginalRemains(database, limit, { isItemGone: true }), clearOriginals, {
        dryRun: false,
      });
    },
    isProxyFile({ rootCategory, relativePath }) {
      const rootPath = mediaConfig.findCategory(rootCategory)?.rootPath ?? '';
      return join(rootPath, relativePath).startsWith(files.folder + sep);
    },
  };
}

async function clearAll<T>(
  read: (limit: number) => Promise<T[]>,
  clear: (part: readonly T[]) => Promise<void>,
  { dryRun, signal }: ClearOptions,
): Promise<number> {
  if (dryRun) return (await read(maxCounted)).length;
  let cleared = 0;
  while (!signal?.aborted) {
    const part = await read(atOnce);
    if (part.length === 0) break;
    await clear(part);
    cleared += part.length;
  }
  return cleared;
}
