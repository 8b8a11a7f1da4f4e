/** A part of a list under one heading, such as a month. */
export interface Section {
  /** Such as `2014-03`; empty for the one section of a list without headings. */
  key: string;
  count: number;
  /** After this cursor the list goes on with the section's first item; null where the list begins with it. */
  cursor: string | null;
}

/** Where items stand in a list, without a loop over them. */
export interface SectionIndex {
  readonly sections: readonly Section[];
  /** How many items come before each section; one more for the end. */
  readonly starts: Float64Array;
  readonly total: number;
}

/** Makes the index; sections without items are left out. */
export function indexSections(given: readonly Section[]): SectionIndex {
  const sections = given.filter(({ count }) => count > 0);
  const starts = new Float64Array(sections.length + 1);
  for (const [at, { count }] of sections.entries()) starts[at + 1] = (starts[at] ?? 0) + count;
  return { sections, starts, total: starts[sections.length] ?? 0 };
}

/** Returns the last place whose value is at most `value`; 0 where all are larger. `values` ascend. */
export function lastAtMost(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the section that has the item with this number in the list, and its number within it. */
export function placeOf(index: SectionIndex, item: number): { section: number; offset: number } {
  const section = Math.min(lastAtMost(index.starts, item), Math.max(0, index.sections.length - 1));
  return { section, offset: item - (index.starts[section] ?? 0) };
}

/** Returns about where an item of a list stands in the same list after it was read anew: as far within the section of that name. */
export function carryOver(before: SectionIndex, after: SectionIndex, item: number): number {
  const { section, offset } = placeOf(before, item);
  const key = before.sections[section]?.key;
  const at = after.sections.findIndex((each) => each.key === key);
  if (at < 0) return Math.min(item, Math.max(0, after.total - 1));
  return (after.starts[at] ?? 0) + Math.min(offset, (after.sections[at]?.count ?? 1) - 1);
}
