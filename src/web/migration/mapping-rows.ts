import type { PathMapping } from '../generated/graphql.ts';

/** A mapping while it is typed; its number tells it from the others. */
export interface MappingRow extends PathMapping {
  id: number;
}

export function addRow(rows: readonly MappingRow[], mapping: PathMapping = { from: '', to: '' }): MappingRow[] {
  return [...rows, { ...mapping, id: Math.max(0, ...rows.map(({ id }) => id)) + 1 }];
}

/** Takes a mapping in: in the place of the first row that is empty, else behind all. */
export function takeMapping(rows: readonly MappingRow[], mapping: PathMapping): MappingRow[] {
  const at = rows.findIndex(({ from, to }) => from.trim() === '' && to.trim() === '');
  return at === -1 ? addRow(rows, mapping) : rows.map((row, index) => (index === at ? { ...row, ...mapping } : row));
}

/** The mappings that name a folder on both sides; the others are still being typed. */
export function completeMappings(rows: readonly PathMapping[]): PathMapping[] {
  return rows
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
    .filter(({ from, to }) => from !== '' && to !== '');
}
