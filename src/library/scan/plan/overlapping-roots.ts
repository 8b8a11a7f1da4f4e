import { groupBy } from '../group-by.ts';

/** What several categories see of one file, since the root of one lies in that of another, or is the same. */
export interface OverlappingRoots<T> {
  /** Each file once. */
  once: readonly T[];
  /** That file as each category sees it. */
  allOf(one: T): readonly T[];
}

/**
 * Groups by absolute path: where roots overlap, each category has an item for the same file, and these must not be taken
 * for several files.
 */
export function groupOverlapping<T>(
  values: readonly T[],
  pathOf: (value: T) => string,
  overlaps: boolean,
): OverlappingRoots<T> {
  if (!overlaps) return { once: values, allOf: (one) => [one] };
  const groups = groupBy(values, pathOf);
  return { once: [...groups.values()].map(([first]) => first as T), allOf: (one) => groups.get(pathOf(one)) ?? [] };
}

/** Pairs the items of a file that moved with the files as categories see it now: first within each category. */
export function pairByCategory<V, A>(
  items: readonly V[],
  files: readonly A[],
  isSameCategory: (item: V, to: A) => boolean,
): { item: V; to: A }[] {
  const pairs = items.flatMap((item) => {
    const to = files.find((file) => isSameCategory(item, file));
    return to === undefined ? [] : [{ item, to }];
  });
  const leftItems = items.filter((item) => !pairs.some((pair) => pair.item === item));
  const leftFiles = files.filter((file) => !pairs.some(({ to }) => to === file));
  const crossing = leftItems.slice(0, leftFiles.length).map((item, index) => ({ item, to: leftFiles[index] as A }));
  return [...pairs, ...crossing];
}
