interface NamedItem {
  relativePath: string;
}

interface NamedFile {
  file: { relativePath: string };
}

/**
 * Pairs items with files of the same bytes by the ends of their paths, the longest first: `old/a/cover.jpg` is
 * `new/a/cover.jpg` and not `new/b/cover.jpg`. Returns null unless there are as many items as files and each has exactly
 * one counterpart; one item and one file need no names.
 */
export function pairByName<V extends NamedItem, A extends NamedFile>(
  items: readonly V[],
  files: readonly A[],
): { item: V; to: A }[] | null {
  if (items.length !== files.length) return null;
  if (items.length === 1) return [{ item: items[0] as V, to: files[0] as A }];
  const pairs: { item: V; to: A }[] = [];
  let leftItems = [...items];
  let leftFiles = [...files];
  for (let parts = deepest(items); parts > 0 && leftItems.length > 0; parts--) {
    const itemsByEnd = uniqueByEnd(leftItems, (item) => item.relativePath, parts);
    const filesByEnd = uniqueByEnd(leftFiles, (to) => to.file.relativePath, parts);
    const paired = new Set<V | A>();
    for (const [end, item] of itemsByEnd) {
      const to = filesByEnd.get(end);
      if (item === null || to === undefined || to === null) continue;
      pairs.push({ item, to });
      paired.add(item).add(to);
    }
    leftItems = leftItems.filter((item) => !paired.has(item));
    leftFiles = leftFiles.filter((to) => !paired.has(to));
  }
  return leftItems.length === 0 ? pairs : null;
}

/** The last `parts` of a path, or all of it where it has fewer. */
function endOf(path: string, parts: number): string {
  let start = path.length;
  for (let part = 0; part < parts && start > -1; part++) start = start === 0 ? -1 : path.lastIndexOf('/', start - 1);
  return path.slice(start + 1);
}

function deepest(items: readonly NamedItem[]): number {
  return items.reduce((most, item) => Math.max(most, item.relativePath.split('/').length), 0);
}

/** Maps the last `parts` of the paths to their values; null for an end that several have. */
function uniqueByEnd<T>(values: readonly T[], pathOf: (value: T) => string, parts: number): Map<string, T | null> {
  const byEnd = new Map<string, T | null>();
  for (const value of values) {
    const end = endOf(pathOf(value), parts);
    byEnd.set(end, byEnd.has(end) ? null : value);
  }
  return byEnd;
}
