/** Remembers for a while where nothing was found, so that it is not looked for with every request. */
export interface MissMemory {
  has(key: string): boolean;
  add(key: string, forMs: number): void;
}

interface MissMemoryOptions {
  /** The oldest go first. */
  maxEntries?: number;
  now?: () => number;
}

export function createMissMemory({ maxEntries = 50_000, now = Date.now }: MissMemoryOptions = {}): MissMemory {
  const ends = new Map<string, number>();
  return {
    has(key) {
      const end = ends.get(key);
      if (end === undefined) return false;
      if (end > now()) return true;
      ends.delete(key);
      return false;
    },
    add(key, forMs) {
      ends.delete(key);
      ends.set(key, now() + forMs);
      const [oldest] = ends.keys();
      if (ends.size > maxEntries && oldest !== undefined) ends.delete(oldest);
    },
  };
}
