/** Remembers for a while which keys had no picture, so that not every request looks for one. */
export interface MissMemory {
  has(key: string): boolean;
  add(key: string, forMs: number): void;
}

interface MissMemoryOptions {
  /** Beyond this many, the oldest are forgotten. */
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
