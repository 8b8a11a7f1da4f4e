import { lastAtMost, placeOf, type SectionIndex } from './sections.ts';

/** Sizes in CSS pixels. */
export interface GridMeasure {
  /** Of the list. */
  width: number;
  /** The least width of a tile; the tiles of a row share what remains. 0: one tile a row, as in a table. */
  tileWidth: number;
  /** The height of a tile by its width. */
  heightOf: (tileWidth: number) => number;
  gap: number;
  /** Of the heading of a section; 0 for lists without headings. */
  headingHeight: number;
}

/** Where every row of a list stands, known by arithmetic before one item is loaded. */
export interface GridLayout {
  readonly kind: 'grid';
  readonly index: SectionIndex;
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly gap: number;
  readonly headingHeight: number;
  /** The top of each section; one more for the end of the list. */
  readonly tops: Float64Array;
  readonly height: number;
}

export type ListRow =
  | { kind: 'heading'; section: number; top: number; height: number }
  | {
      kind: 'tiles';
      section: number;
      first: number;
      count: number;
      top: number;
      height: number;
      /** Of its tiles, where they differ. */
      widths?: readonly number[];
    };

export function layOutGrid(index: SectionIndex, measure: GridMeasure): GridLayout {
  const { gap, headingHeight } = measure;
  const width = Math.max(1, measure.width);
  const columns = measure.tileWidth <= 0 ? 1 : Math.max(1, Math.floor((width + gap) / (measure.tileWidth + gap)));
  const tileWidth = (width - gap * (columns - 1)) / columns;
  const tileHeight = Math.max(1, measure.heightOf(tileWidth));
  const tops = new Float64Array(index.sections.length + 1);
  for (const [at, { count }] of index.sections.entries()) {
    tops[at + 1] = (tops[at] ?? 0) + headingHeight + Math.ceil(count / columns) * (tileHeight + gap);
  }
  const height = tops[index.sections.length] ?? 0;
  return { kind: 'grid', index, columns, tileWidth, tileHeight, gap, headingHeight, tops, height };
}

/** Lists the rows between two heights of the list, from the top. */
export function rowsBetween(layout: GridLayout, from: number, to: number): ListRow[] {
  const { columns, gap, headingHeight, index, tileHeight, tops } = layout;
  const rows: ListRow[] = [];
  const pitch = tileHeight + gap;
  for (let section = lastAtMost(tops, Math.max(0, from)); section < index.sections.length; section++) {
    const top = tops[section] ?? 0;
    if (top >= to) break;
    if (headingHeight > 0 && top + headingHeight > from) {
      rows.push({ kind: 'heading', section, top, height: headingHeight });
    }
    const start = index.starts[section] ?? 0;
    const count = index.sections[section]?.count ?? 0;
    const rowCount = Math.ceil(count / columns);
    const firstRow = Math.max(0, Math.floor((from - top - headingHeight) / pitch));
    const lastRow = Math.min(rowCount, Math.ceil((to - top - headingHeight) / pitch));
    for (let row = firstRow; row < lastRow; row++) {
      const first = start + row * columns;
      const inRow = Math.min(columns, count - row * columns);
      rows.push({
        kind: 'tiles',
        section,
        first,
        count: inRow,
        top: top + headingHeight + row * pitch,
        height: tileHeight,
      });
    }
  }
  return rows;
}

/** Returns the top of the row with an item, by its number in the list. */
export function topOf(layout: GridLayout, item: number): number {
  const { section, offset } = placeOf(layout.index, item);
  const row = Math.floor(offset / layout.columns);
  return (layout.tops[section] ?? 0) + layout.headingHeight + row * (layout.tileHeight + layout.gap);
}

/** Returns the number of the item at a height of the list: the first of its row, or of the section below its heading. */
export function itemAt(layout: GridLayout, y: number): number {
  const { columns, gap, headingHeight, index, tileHeight, tops } = layout;
  const section = Math.min(lastAtMost(tops, Math.max(0, y)), Math.max(0, index.sections.length - 1));
  // Heights are sums of fractions: a row begins a little early.
  const row = Math.max(0, Math.floor((y - (tops[section] ?? 0) - headingHeight) / (tileHeight + gap) + 1e-6));
  const count = index.sections[section]?.count ?? 0;
  return (index.starts[section] ?? 0) + Math.min(row * columns, Math.max(0, count - 1));
}

export type Step =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'row-start'
  | 'row-end';

/** Returns the item that a key leads to from another one; the same one at an edge. */
export function stepFrom(layout: GridLayout, item: number, step: Step, viewHeight: number): number {
  const { columns, index, tileHeight, gap } = layout;
  const last = Math.max(0, index.total - 1);
  const { section, offset } = placeOf(index, item);
  const column = offset % columns;
  const rowStart = item - column;
  const count = index.sections[section]?.count ?? 0;
  const rowsOnPage = Math.max(1, Math.floor(viewHeight / (tileHeight + gap)));
  switch (step) {
    case 'left':
      return Math.max(0, item - 1);
    case 'right':
      return Math.min(last, item + 1);
    case 'row-start':
      return rowStart;
    case 'row-end':
      return rowStart + Math.min(columns, count - (offset - column)) - 1;
    case 'home':
      return 0;
    case 'end':
      return last;
    case 'up':
    case 'page-up':
      return repeat(step === 'up' ? 1 : rowsOnPage, item, (from) => rowAbove(index, columns, from));
    case 'down':
    case 'page-down':
      return repeat(step === 'down' ? 1 : rowsOnPage, item, (from) => rowBelow(index, columns, from));
    default:
      return item;
  }
}

function repeat(times: number, from: number, next: (item: number) => number): number {
  let item = from;
  for (let done = 0; done < times; done++) item = next(item);
  return item;
}

function rowAbove(index: SectionIndex, columns: number, item: number): number {
  const { section, offset } = placeOf(index, item);
  if (offset >= columns) return item - columns;
  if (section === 0) return item;
  const count = index.sections[section - 1]?.count ?? 0;
  const lastRow = Math.floor((count - 1) / columns) * columns;
  return (index.starts[section - 1] ?? 0) + Math.min(lastRow + (offset % columns), count - 1);
}

function rowBelow(index: SectionIndex, columns: number, item: number): number {
  const { section, offset } = placeOf(index, item);
  const count = index.sections[section]?.count ?? 0;
  const isInLastRow = Math.floor(offset / columns) === Math.floor((count - 1) / columns);
  if (!isInLastRow) return item + Math.min(columns, count - 1 - offset);
  const next = index.sections[section + 1];
  if (next === undefined) return item;
  return (index.starts[section + 1] ?? 0) + Math.min(offset % columns, next.count - 1);
}
