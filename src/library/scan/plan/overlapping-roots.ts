/** What several categories see of one file, since the root of one lies in that of another, or is the same. */
export interface OverlappingRoots<T> {
  /** Each file once. */
  once: readonly T[];
  /** The same file as all categories see it. */
  allOf(one: T): readonly T[];
}

/**
 * Where roots overlap, one file is as many items as categories have it, and is not to be taken for so many files. It is
 * known by its absolute path.
 */
export function groupOverlapping<T>(
  values: readonly T[],
  pathOf: (value: T) => string,
  overlaps: boolean,
): OverlappingRoots<T> {
  if (!overlaps) return { once: values, allOf: (one) => [one] };
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(pathOf(value));
    if (group === undefined) groups.set(pathOf(value), [value]);
    else group.push(value);
  }
  return { once: [...groups.values()].map(([first]) => first as T), allOf: (one) => groups.get(pathOf(one)) ?? [] };
}

/** Pairs what the categories saw of a file before it moved with what they see of it now: first each with its own. */
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
