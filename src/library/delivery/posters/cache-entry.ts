import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** A file of the cache. All but its size and use stands in its name, so that a restart need not open it. */
export interface CacheEntry {
  /** Hashes, as `hashPart` gives them. */
  place: string;
  fingerprint: string;
  content: string;
  sizeBytes: number;
  lastUsedMs: number;
}

export function hashPart(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 32);
}

export function cacheEntryName({ place, fingerprint, content }: CacheEntry): string {
  return `${place}-${fingerprint}-${content}.webp`;
}

/** Spread over 256 folders: listing one with 100 000 files is slow on some filesystems. */
export function cacheEntryPath(folder: string, entry: CacheEntry): string {
  return join(folder, entry.place.slice(0, 2), cacheEntryName(entry));
}

/** The three hashes of a name that `cacheEntryName` gave; null for any other. */
export function parseCacheEntryName(name: string): Pick<CacheEntry, 'place' | 'fingerprint' | 'content'> | null {
  const [, place, fingerprint, content] = /^([\da-f]{32})-([\da-f]{32})-([\da-f]{32})\.webp$/.exec(name) ?? [];
  return place && fingerprint && content ? { place, fingerprint, content } : null;
}
