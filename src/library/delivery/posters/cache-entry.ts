import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** A file of the cache. All but its size and last use stands in its name, so that a restart need not open it. */
export interface CacheEntry {
  /** Key, fingerprint and content are hashes that `hashPart` returned. */
  key: string;
  fingerprint: string;
  content: string;
  sizeBytes: number;
  lastUsedMs: number;
}

export function hashPart(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 32);
}

export function cacheEntryName({ key, fingerprint, content }: CacheEntry): string {
  return `${key}-${fingerprint}-${content}.webp`;
}

/**
 * Returns the path of an entry's file. Files spread over 256 folders: listing one with 100 000 files is slow on some
 * filesystems.
 */
export function cacheEntryPath(folder: string, entry: CacheEntry): string {
  return join(folder, entry.key.slice(0, 2), cacheEntryName(entry));
}

/** Returns the three hashes in a name that `cacheEntryName` made; null for any other name. */
export function parseCacheEntryName(name: string): Pick<CacheEntry, 'key' | 'fingerprint' | 'content'> | null {
  const [, key, fingerprint, content] = /^([\da-f]{32})-([\da-f]{32})-([\da-f]{32})\.webp$/.exec(name) ?? [];
  return key && fingerprint && content ? { key, fingerprint, content } : null;
}
