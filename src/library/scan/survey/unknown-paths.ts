import type { WalkError } from '../walk/walk-entries.ts';

/** The paths that a walk could not look at, and all paths below them. */
export interface UnknownPaths {
  add(error: Pick<WalkError, 'relativePath'>): void;
  has(relativePath: string): boolean;
}

export function createUnknownPaths(): UnknownPaths {
  const paths = new Set<string>();
  return {
    add({ relativePath }) {
      if (relativePath !== null) paths.add(relativePath);
    },
    has(relativePath) {
      if (paths.size === 0) return false;
      if (paths.has('') || paths.has(relativePath)) return true;
      for (let slash = relativePath.indexOf('/'); slash !== -1; slash = relativePath.indexOf('/', slash + 1)) {
        if (paths.has(relativePath.slice(0, slash))) return true;
      }
      return false;
    },
  };
}
