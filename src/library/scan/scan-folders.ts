import { InvalidInputError } from '../../base/errors/domain-error.ts';

/** What of each category is scanned, by key: paths from its root. A category that is absent is scanned whole. */
export type ScanFolders = Record<string, string[]>;

/**
 * The folders and files that paths such as `movies/2024/Alps` name: the key of a category, and the path from its root. A
 * key alone is the whole category. Throws InvalidInputError for what is no such path.
 */
export function parseScanPaths(paths: readonly string[]): ScanFolders {
  // A key may be any word of a client, such as `constructor`.
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const [key = '', ...parts] = path.replace(/\/+$/, '').split('/');
    if (key === '' || path.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))) {
      throw new InvalidInputError(
        'input.paths',
        `"${path.slice(0, 200)}" is no path to scan: give the key of a category and a path from its root, such as movies/2024.`,
      );
    }
    const below = folders.get(key) ?? [];
    below.push(parts.join('/'));
    folders.set(key, below);
  }
  return Object.fromEntries([...folders].map(([key, below]) => [key, withoutNested(below)]));
}

/** Whether these places of a category are all of it; null: it was to be scanned whole. */
export function isAllOfRoot(places: readonly string[] | null): boolean {
  return places === null || places.includes('');
}

/** Each place once, and none that lies below another. */
export function withoutNested(paths: readonly string[]): string[] {
  const all = new Set(paths);
  if (all.has('')) return [''];
  return [...all].filter((path) => {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (all.has(path.slice(0, slash))) return false;
    }
    return true;
  });
}
