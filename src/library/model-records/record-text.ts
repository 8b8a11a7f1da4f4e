import { normalizeSearch } from '../metadata/search-text.ts';

/** Returns what a search looks through of a model record or a pending import: name and path, folded, a line each. */
export function recordTextOf(name: string | null, path: string): string {
  return `${normalizeSearch(name ?? '')}\n${normalizeSearch(path)}`;
}
