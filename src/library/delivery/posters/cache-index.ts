import { cacheEntryName, type CacheEntry } from './cache-entry.ts';

/** What the cache holds, one entry for each place, in the order of use. */
export interface CacheIndex {
  /** The entry of a place, which becomes the one used last. */
  use(place: string): CacheEntry | undefined;
  /** Gives the entries whose files have to go: the place's last one, and the least recently used ones over the limit. */
  add(entry: CacheEntry): CacheEntry[];
  forget(entry: CacheEntry): void;
}

/** `loaded` begins with the least recently used. */
export function createCacheIndex(loaded: readonly CacheEntry[], maxBytes: number): CacheIndex {
  // The order of a Map is that of its insertions.
  const entries = new Map(loaded.map((entry) => [entry.place, entry]));
  let totalBytes = loaded.reduce((sum, entry) => sum + entry.sizeBytes, 0);

  function forget(entry: CacheEntry): void {
    if (entries.get(entry.place) !== entry) return;
    entries.delete(entry.place);
    totalBytes -= entry.sizeBytes;
  }

  return {
    forget,
    use(place) {
      const entry = entries.get(place);
      if (entry === undefined) return undefined;
      entries.delete(place);
      entries.set(place, entry);
      return entry;
    },
    add(entry) {
      const superfluous: CacheEntry[] = [];
      const previous = entries.get(entry.place);
      if (previous !== undefined) {
        forget(previous);
        if (cacheEntryName(previous) !== cacheEntryName(entry)) superfluous.push(previous);
      }
      entries.set(entry.place, entry);
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
