/**
 * What a person has chosen of a list: some items by their IDs, or everything that the list shows but some. Ten cost as much
 * as a million.
 */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const nothing: Selection = { kind: 'some', ids: new Set() };
export const everything: Selection = { kind: 'all', except: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

/** Chooses an item that is not, and the other way round. */
export function toggle(selection: Selection, id: string): Selection {
  return isSelected(selection, id) ? remove(selection, [id]) : add(selection, [id]);
}

export function add(selection: Selection, ids: Iterable<string>): Selection {
  return selection.kind === 'some'
    ? { kind: 'some', ids: new Set([...selection.ids, ...ids]) }
    : { kind: 'all', except: without(selection.except, ids) };
}

export function remove(selection: Selection, ids: Iterable<string>): Selection {
  return selection.kind === 'some'
    ? { kind: 'some', ids: without(selection.ids, ids) }
    : { kind: 'all', except: new Set([...selection.except, ...ids]) };
}

/** Returns how many items of a list are chosen, of which it has `total`. */
export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);
}

export function isEmpty(selection: Selection, total: number): boolean {
  return countSelected(selection, total) === 0;
}

/** Returns the selection as the service takes it, which finds the items itself. */
export function toMediaSelection<Filter>(
  selection: Selection,
  filter: Filter,
): { ids: string[] } | { filter: Filter; except: string[] } {
  return selection.kind === 'some' ? { ids: [...selection.ids] } : { filter, except: [...selection.except] };
}

function without(ids: ReadonlySet<string>, removed: Iterable<string>): Set<string> {
  const rest = new Set(ids);
  for (const id of removed) rest.delete(id);
  return rest;
}
