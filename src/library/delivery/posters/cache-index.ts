import { cacheEntryName, type CacheEntry } from './cache-entry.ts';

/** The entries of the cache, one for each key, in the order of use. */
export interface CacheIndex {
  /** Returns the entry of a key, and counts it as the one used last. */
  use(key: string): CacheEntry | undefined;
  /**
   * Returns the entries whose files must be removed: the key's previous one, and the least recently used ones over the
   * limit.
   */
  add(entry: CacheEntry): CacheEntry[];
  forget(entry: CacheEntry): void;
  /** Returns the bytes of all entries together. */
  totalBytes(): number;
}

/** `loaded` begins with the least recently used. */
export function createCacheIndex(loaded: readonly CacheEntry[], maxBytes: number): CacheIndex {
  // The order of a Map is that of its insertions.
  const entries = new Map(loaded.map((entry) => [entry.key, entry]));
  let totalBytes = loaded.reduce((sum, entry) => sum + entry.sizeBytes, 0);

  function forget(entry: CacheEntry): void {
    if (entries.get(entry.key) !== entry) return;
    entries.delete(entry.key);
    totalBytes -= entry.sizeBytes;
  }

  return {
    forget,
    totalBytes: () => totalBytes,
    use(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    add(entry) {
      const superfluous: CacheEntry[] = [];
      const previous = entries.get(entry.key);
      if (previous !== undefined) {
        forget(previous);
        if (cacheEntryName(previous) !== cacheEntryName(entry)) superfluous.push(previous);
      }
      entries.set(entry.key, entry);
      totalBytes += entry.sizeBytes;
      for (const oldest of entries.values()) {
        if (totalBytes <= maxBytes) break;
        forget(oldest);
        superfluous.push(oldest);
      }
      return superfluous;
    },
  };
}
