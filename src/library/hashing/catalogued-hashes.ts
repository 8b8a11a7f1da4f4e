import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { storeHashes } from './sql/hashes.ts';
import { signatureOf } from '../metadata/signature.ts';
import type { HashedPath } from './hasher.ts';

export interface HashedEntry extends HashedPath {
  /** The requested path: a symbolic link is catalogued at its own path. */
  path: string;
}

interface HashedItem {
  id: number;
  /** False where the hashed file is another than the one that was scanned. */
  hasHash: boolean;
}

/** The hashes of catalogued files. */
export interface CataloguedHashes {
  /**
   * Stores the hashes of the items at these paths, and at the paths that they lead to. Returns the items by path: where
   * a link and its target are both catalogued, the item at the requested path.
   */
  record(entries: readonly HashedEntry[]): Promise<Map<string, HashedItem>>;
  /** Returns those of the paths that belong to an item without a hash. */
  unhashedAmong(paths: readonly string[]): Promise<Set<string>>;
}

interface CataloguedHashesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  /** Called when hashes were stored. */
  onHashed?: (() => void) | undefined;
}

export function createCataloguedHashes({ database, mediaConfig, onHashed }: CataloguedHashesOptions): CataloguedHashes {
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
          const { entry, isRequested } = below.get(relativePath) as Match;
          const { path, sizeBytes, modifiedNs, sha256 } = entry;
          const signature = signatureOf(relativePath, sizeBytes, BigInt(modifiedNs));
          hashes.push({ id, signature, sha256 });
          if (isRequested || !found.has(path)) found.set(path, { id, hasHash: signature === catalogued });
        }
      }
      await storeHashes(database, hashes, new Date());
      onHashed?.();
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

interface Match {
  entry: HashedEntry;
  /** Whether it matched by the requested path, and not by the path that this leads to. */
  isRequested: boolean;
}

/**
 * Returns the entries that lie below the root, by their requested or their real path, keyed by the path from the root.
 */
async function findBelow(rootPath: string, entries: readonly HashedEntry[]): Promise<Map<string, Match>> {
  const realRoot = await realpath(rootPath).catch(() => rootPath); // a root that is not there has nothing below it
  const below = new Map<string, Match>();
  const add = (root: string, path: string, match: Match) => {
    const relativePath = relativeTo(root, path);
    const isBelow = relativePath !== '' && !relativePath.startsWith('../') && relativePath !== '..';
    if (isBelow) below.set(relativePath, match);
  };
  for (const entry of entries) add(realRoot, entry.realPath, { entry, isRequested: false });
  // Requested paths come last, so that an entry that only leads to such a path never replaces its own.
  for (const entry of entries) {
    for (const root of new Set([resolve(rootPath), realRoot])) {
      add(root, resolve(entry.path), { entry, isRequested: true });
    }
  }
  return below;
}

/** Returns a path as the catalogue has it, with `/` between its parts on every platform. */
function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
