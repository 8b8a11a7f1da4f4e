import type { WalkError } from '../walk/walk-entries.ts';

/** The places that a walk could not look at, and all that lies below them. */
export interface UnknownPlaces {
  add(error: Pick<WalkError, 'relativePath'>): void;
  has(relativePath: string): boolean;
}

export function createUnknownPlaces(): UnknownPlaces {
  const places = new Set<string>();
  return {
    add({ relativePath }) {
      if (relativePath !== null) places.add(relativePath);
    },
    has(relativePath) {
      if (places.size === 0) return false;
      if (places.has('') || places.has(relativePath)) return true;
      for (let slash = relativePath.indexOf('/'); slash !== -1; slash = relativePath.indexOf('/', slash + 1)) {
        if (places.has(relativePath.slice(0, slash))) return true;
      }
      return false;
    },
  };
}
