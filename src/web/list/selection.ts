/**
 * What a person has chosen of a list: some items by their IDs, whole stretches of it, or everything that it shows but some. Ten cost as
 * much as a million. Items are kept with their numbers in the list, as far as those are known.
 */
export type Selection =
  | { readonly kind: 'some'; readonly ids: Numbered }
  | {
      readonly kind: 'ranges';
      readonly ranges: readonly ItemRange[];
      readonly ids: Numbered;
      readonly except: Numbered;
    }
  | { readonly kind: 'all'; readonly except: Numbered };

/** Numbers by IDs; NaN where the number is not known. */
type Numbered = ReadonlyMap<string, number>;

/** A stretch of a list, from one item to another one, both included. */
export interface ItemRange {
  low: number;
  high: number;
  /** The ID of the first item, or the cursor before it; and of the last one, or the cursor behind it. */
  from: string;
  to: string;
}

export const nothing: Selection = { kind: 'some', ids: new Map() };
export const everything: Selection = { kind: 'all', except: new Map() };

export function isSelected(selection: Selection, id: string, number = Number.NaN): boolean {
  if (selection.kind === 'some') return selection.ids.has(id);
  if (selection.except.has(id)) return false;
  return selection.kind === 'all' || selection.ids.has(id) || isInRange(selection.ranges, number);
}

/** Whether everything with that number is chosen, or not; for what is not loaded. */
export function isNumberSelected(selection: Selection, number: number): boolean {
  return selection.kind === 'all' || (selection.kind === 'ranges' && isInRange(selection.ranges, number));
}

/** Chooses an item that is not, and the other way round. */
export function toggle(selection: Selection, id: string, number = Number.NaN): Selection {
  const given = new Map([[id, number]]);
  return isSelected(selection, id, number) ? remove(selection, given) : add(selection, given);
}

/** Chooses items: by their IDs, or by IDs with their numbers. */
export function add(selection: Selection, ids: Iterable<string> | Numbered): Selection {
  const given = numbered(ids);
  if (selection.kind === 'some') return { kind: 'some', ids: new Map([...selection.ids, ...given]) };
  const except = without(selection.except, given);
  if (selection.kind === 'all') return { kind: 'all', except };
  const outside = [...given].filter(([, number]) => !isInRange(selection.ranges, number));
  return { ...selection, except, ids: new Map([...selection.ids, ...outside]) };
}

export function remove(selection: Selection, ids: Iterable<string> | Numbered): Selection {
  const given = numbered(ids);
  if (selection.kind === 'some') return { kind: 'some', ids: without(selection.ids, given) };
  if (selection.kind === 'all') return { kind: 'all', except: new Map([...selection.except, ...given]) };
  const inside = [...given].filter(([id, number]) => !selection.ids.has(id) && isInRange(selection.ranges, number));
  const except = new Map([...selection.except, ...inside]);
  return simplified({ ...selection, except, ids: without(selection.ids, given) });
}

/** Chooses a stretch, with what was left out of it. */
export function addRange(selection: Selection, range: ItemRange): Selection {
  const isOutside = ([, number]: [string, number]) => !isInRange([range], number);
  if (selection.kind === 'all') return { kind: 'all', except: new Map([...selection.except].filter(isOutside)) };
  const ranges = selection.kind === 'ranges' ? selection.ranges : [];
  const except = selection.kind === 'ranges' ? [...selection.except].filter(isOutside) : [];
  const merged = merge([...ranges, range]);
  const ids = [...selection.ids].filter(([, number]) => !isInRange(merged, number));
  return { kind: 'ranges', ranges: merged, ids: new Map(ids), except: new Map(except) };
}

/** Leaves out a stretch whose ends are cursors. `all` is the whole list, for a selection of everything. */
export function removeRange(selection: Selection, cut: ItemRange, all: ItemRange): Selection {
  const isOutside = ([, number]: [string, number]) => !isInRange([cut], number);
  if (selection.kind === 'some') return { kind: 'some', ids: new Map([...selection.ids].filter(isOutside)) };
  const ranges = selection.kind === 'all' ? [all] : selection.ranges;
  return simplified({
    kind: 'ranges',
    ranges: ranges.flatMap((range) => subtract(range, cut)),
    ids: new Map(selection.kind === 'all' ? [] : [...selection.ids].filter(isOutside)),
    except: new Map([...selection.except].filter(isOutside)),
  });
}

/** Finds the numbers of single items again, after the list was read anew; stretches are made of numbers, and wait. */
export function renumber(selection: Selection, find: (id: string) => number | undefined): Selection {
  if (selection.kind !== 'some') return selection;
  return { kind: 'some', ids: new Map([...selection.ids.keys()].map((id) => [id, find(id) ?? Number.NaN])) };
}

/** Returns how many items of a list are chosen, of which it has `total`. */
export function countSelected(selection: Selection, total: number): number {
  if (selection.kind === 'some') return selection.ids.size;
  if (selection.kind === 'all') return Math.max(0, total - selection.except.size);
  const inRanges = selection.ranges.reduce((sum, { high, low }) => sum + high - low + 1, 0);
  return Math.max(0, inRanges - selection.except.size + selection.ids.size);
}

/** Returns how much of a stretch is chosen. */
export function shareSelected(selection: Selection, low: number, high: number): 'none' | 'some' | 'all' {
  const within = (numbers: Numbered) =>
    [...numbers.values()].filter((number) => number >= low && number <= high).length;
  const count = high - low + 1;
  const fromRanges =
    selection.kind === 'all'
      ? count
      : selection.kind === 'some'
        ? 0
        : selection.ranges.reduce(
            (sum, range) => sum + Math.max(0, Math.min(high, range.high) - Math.max(low, range.low) + 1),
            0,
          );
  const chosen =
    fromRanges +
    (selection.kind === 'all' ? 0 : within(selection.ids)) -
    (selection.kind === 'some' ? 0 : within(selection.except));
  return chosen <= 0 ? 'none' : chosen >= count ? 'all' : 'some';
}

export function isEmpty(selection: Selection, total: number): boolean {
  return countSelected(selection, total) === 0;
}

function isInRange(ranges: readonly ItemRange[], number: number): boolean {
  return ranges.some(({ high, low }) => number >= low && number <= high);
}

/** Puts together what overlaps or touches. */
function merge(ranges: readonly ItemRange[]): ItemRange[] {
  const merged: ItemRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.low - other.low)) {
    const last = merged.at(-1);
    if (last === undefined || range.low > last.high + 1) merged.push(range);
    else if (range.high > last.high) merged.splice(-1, 1, { ...last, high: range.high, to: range.to });
  }
  return merged;
}

function subtract(range: ItemRange, cut: ItemRange): ItemRange[] {
  if (cut.high < range.low || cut.low > range.high) return [range];
  return [
    ...(range.low < cut.low ? [{ ...range, high: cut.low - 1, to: cut.from }] : []),
    ...(range.high > cut.high ? [{ ...range, low: cut.high + 1, from: cut.to }] : []),
  ];
}

/** Without a stretch, some items are all there is; and stretches of which nothing is left are none. */
function simplified(selection: Extract<Selection, { kind: 'ranges' }>): Selection {
  return selection.ranges.length === 0 ? { kind: 'some', ids: selection.ids } : selection;
}

function numbered(ids: Iterable<string> | Numbered): Numbered {
  return ids instanceof Map ? (ids as Numbered) : new Map([...(ids as Iterable<string>)].map((id) => [id, Number.NaN]));
}

function without(numbers: Numbered, removed: Numbered): Numbered {
  return new Map([...numbers].filter(([id]) => !removed.has(id)));
}
