import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { storeHashes } from './sql/hashes.ts';
import { signatureOf } from '../metadata/signature.ts';
import type { HashedPath } from './hasher.ts';

export interface HashedEntry extends HashedPath {
  /** The path that was asked for: a symbolic link is catalogued at its own path. */
  path: string;
}

interface HashedItem {
  id: number;
  /** Not where its file is another than the one that was scanned. */
  hasHash: boolean;
}

/** The catalogue's knowledge of hashes. */
export interface CataloguedHashes {
  /**
   * Fills in the hashes of what is catalogued at these paths, and at those that they lead to, and gives the items by
   * path: where a link and its target are both catalogued, that of the one that was asked for.
   */
  record(entries: readonly HashedEntry[]): Promise<Map<string, HashedItem>>;
  /** Those of the paths that an item without a hash is at. */
  unhashedAmong(paths: readonly string[]): Promise<Set<string>>;
}

interface CataloguedHashesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
}

export function createCataloguedHashes({ database, mediaConfig }: CataloguedHashesOptions): CataloguedHashes {
  return {
    async record(entries) {
      const found = new Map<string, HashedItem>();
      const hashes = [];
      for (const { key, rootPath } of mediaConfig.current().categories) {
        const below = await findBelow(rootPath, entries);
        if (below.size === 0) continue;
        const items = await database.prisma.mediaItem.findMany({
          where: { rootCategory: key, relativePath: { in: [...below.keys()] } },
          select: { id: true, relativePath: true, signature: true },
        });
        for (const { id, relativePath, signature: catalogued } of items) {
          const { entry, isAskedFor } = below.get(relativePath) as AskedFile;
          const { path, sizeBytes, modifiedNs, sha256 } = entry;
          const signature = signatureOf(relativePath, sizeBytes, BigInt(modifiedNs));
          hashes.push({ id, signature, sha256 });
          if (isAskedFor || !found.has(path)) found.set(path, { id, hasHash: signature === catalogued });
        }
      }
      await storeHashes(database, hashes, new Date());
      return found;
    },
    async unhashedAmong(paths) {
      const unhashed = new Set<string>();
      for (const { key, rootPath } of mediaConfig.current().categories) {
        const below = new Map(paths.map((path) => [relativeTo(resolve(rootPath), path), path]));
        const items = await database.prisma.mediaItem.findMany({
          where: { rootCategory: key, sha256: null, relativePath: { in: [...below.keys()] } },
          select: { relativePath: true },
        });
        for (const { relativePath } of items) unhashed.add(below.get(relativePath) as string);
      }
      return unhashed;
    },
  };
}

interface AskedFile {
  entry: HashedEntry;
  /** It is the entry's own path, and not where that leads. */
  isAskedFor: boolean;
}

/** The entries that lie below the root, by their own path or by the real one, under their paths from there. */
async function findBelow(rootPath: string, entries: readonly HashedEntry[]): Promise<Map<string, AskedFile>> {
  const realRoot = await realpath(rootPath).catch(() => rootPath); // a root that is not there has nothing below it
  const below = new Map<string, AskedFile>();
  const add = (root: string, path: string, place: AskedFile) => {
    const relativePath = relativeTo(root, path);
    const isBelow = relativePath !== '' && !relativePath.startsWith('../') && relativePath !== '..';
    if (isBelow) below.set(relativePath, place);
  };
  for (const entry of entries) add(realRoot, entry.realPath, { entry, isAskedFor: false });
  // Later, so that a path that was asked for is never taken by an entry that only leads to it.
  for (const entry of entries) {
    for (const root of new Set([resolve(rootPath), realRoot])) {
      add(root, resolve(entry.path), { entry, isAskedFor: true });
    }
  }
  return below;
}

/** The path in the catalogue's form, with `/` between its parts on every platform. */
function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
