export interface HierarchyValue {
  /** The level's name in the configuration, such as `season`. */
  name: string;
  value: string;
}

/**
 * Returns a file's values for its category's levels: the last level is the file's stem, and the folders, from the root
 * on, fill the levels before it. A level without a folder is left out; folders beyond the levels are ignored.
 */
export function hierarchyOf(levels: readonly { name: string }[], relativePath: string, stem: string): HierarchyValue[] {
  const values: HierarchyValue[] = [];
  const lastLevel = levels.length - 1;
  let start = 0;
  for (const [index, { name }] of levels.entries()) {
    if (index === lastLevel) {
      values.push({ name, value: stem });
      break;
    }
    const end = relativePath.indexOf('/', start);
    if (end === -1) continue;
    values.push({ name, value: relativePath.slice(start, end) });
    start = end + 1;
  }
  return values;
}
