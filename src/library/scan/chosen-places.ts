import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { parentsOf } from '../../base/text.ts';

/**
 * The places to scan in each category, by its key: paths of folders and files from its root. An absent one is scanned
 * whole.
 */
export type ChosenPlaces = Record<string, string[]>;

/**
 * Parses paths such as `movies/2024/Alps`: the key of a category, and the path of a place from its root. A key alone is
 * the whole category. Throws InvalidInputError for anything else.
 */
export function parseScanPaths(paths: readonly string[]): ChosenPlaces {
  // This is a Map, as a client may send any word as a key, such as `constructor`.
  const places = new Map<string, string[]>();
  for (const path of paths) {
    const [key = '', ...parts] = path.replace(/\/+$/, '').split('/');
    if (key === '' || path.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))) {
      throw new InvalidInputError(
        'input.paths',
        `"${path.slice(0, 200)}" is no path to scan: give the key of a category and a path from its root, such as movies/2024.`,
      );
    }
    const below = places.get(key) ?? [];
    below.push(parts.join('/'));
    places.set(key, below);
  }
  return Object.fromEntries([...places].map(([key, below]) => [key, withoutNested(below)]));
}

/** Returns the paths that these places were given by. */
export function toScanPaths(places: ChosenPlaces): string[] {
  return Object.entries(places).flatMap(([key, below]) => below.map((path) => (path === '' ? key : `${key}/${path}`)));
}

/** Whether these places of a category are all of it; null means that it is scanned whole. */
export function isAllOfRoot(places: readonly string[] | null): boolean {
  return places === null || places.includes('');
}

/** Returns each place once, without those that lie below another. */
export function withoutNested(places: readonly string[]): string[] {
  const all = new Set(places);
  if (all.has('')) return [''];
  return [...all].filter((place) => !parentsOf(place).some((folder) => all.has(folder)));
}
