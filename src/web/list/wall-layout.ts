import { blockSize } from './block-store.ts';
import type { ListRow, Step } from './grid-layout.ts';
import { clampRatio, usualRatio } from './justify.ts';
import { lastAtMost, placeOf, type SectionIndex } from './sections.ts';
import { placeRows, type BlockRow, type WallMeasure, type WallShapes } from './wall-shapes.ts';

/**
 * Rows of pictures at their own shapes. The list is laid out a block at a time, as it is loaded: a block begins a row and ends one, so
 * what is loaded of one moves nothing within another. A block that was never loaded has the rows that pictures of the usual shape would have.
 */
export interface WallLayout extends WallMeasure {
  readonly kind: 'wall';
  readonly index: SectionIndex;
  /** The top of each section; one more for the end of the list. */
  readonly tops: Float64Array;
  readonly height: number;
  /** The number of the first item of each block; one more for the end. */
  readonly firsts: Float64Array;
  /** The top of the first row of each block. */
  readonly blockTops: Float64Array;
  readonly shapes: WallShapes;
}

export function layOutWall(index: SectionIndex, measure: WallMeasure, shapes: WallShapes): WallLayout {
  const width = Math.max(1, measure.width);
  const wall = { ...measure, width };
  const blockCounts = index.sections.map(({ count }) => Math.ceil(count / blockSize));
  const blocks = blockCounts.reduce((sum, count) => sum + count, 0);
  const tops = new Float64Array(index.sections.length + 1);
  const firsts = new Float64Array(blocks + 1);
  const blockTops = new Float64Array(blocks);
  let block = 0;
  for (const [section, { count }] of index.sections.entries()) {
    let top = (tops[section] ?? 0) + wall.headingHeight;
    for (let offset = 0; offset < count; offset += blockSize) {
      const first = (index.starts[section] ?? 0) + offset;
      firsts[block] = first;
      blockTops[block] = top;
      const inBlock = Math.min(blockSize, count - offset);
      const rows = shapes.rowsOf(first, wall, offset + inBlock === count);
      top += rows === undefined ? usualHeight(inBlock, wall) : heightOf(rows, wall.gap);
      block++;
    }
    tops[section + 1] = top;
  }
  firsts[blocks] = index.total;
  return { ...wall, kind: 'wall', index, tops, height: tops[index.sections.length] ?? 0, firsts, blockTops, shapes };
}

/** Lists the rows between two heights of the list, from the top. */
export function rowsOfWall(layout: WallLayout, from: number, to: number): ListRow[] {
  const { blockTops, firsts, headingHeight, index, tops } = layout;
  const rows: ListRow[] = [];
  for (let block = lastAtMost(blockTops, Math.max(0, from)); block < blockTops.length; block++) {
    const { section, offset } = placeOf(index, firsts[block] ?? 0);
    const top = blockTops[block] ?? 0;
    const sectionTop = tops[section] ?? 0;
    if ((offset === 0 ? sectionTop : top) >= to) break;
    if (offset === 0 && headingHeight > 0 && top > from) {
      rows.push({ kind: 'heading', section, top: sectionTop, height: headingHeight });
    }
    for (const row of rowsOf(layout, block)) {
      const rowTop = top + row.top;
      if (rowTop + row.height <= from || rowTop >= to) continue;
      const { first, height, widths } = row;
      rows.push({ kind: 'tiles', section, first, count: widths.length, top: rowTop, height, widths });
    }
  }
  return rows;
}

/** Returns where the row of an item is. */
export function rowInWall(layout: WallLayout, item: number): { top: number; height: number } {
  const { block, row } = find(layout, item);
  return { top: (layout.blockTops[block] ?? 0) + row.top, height: row.height };
}

/** Returns the number of the item at a height of the list: the first of its row, or of the section below its heading. */
export function itemInWall(layout: WallLayout, y: number): number {
  const { blockTops, index, tops } = layout;
  if (index.total === 0) return 0;
  const section = Math.min(lastAtMost(tops, Math.max(0, y)), index.sections.length - 1);
  const begin = index.starts[section] ?? 0;
  const block = lastAtMost(blockTops, Math.max(0, y));
  if ((layout.firsts[block] ?? 0) < begin) return begin;
  const within = y - (blockTops[block] ?? 0) + 1e-3;
  const rows = rowsOf(layout, block);
  return (rows.findLast(({ top }) => top <= within) ?? rows[0])?.first ?? begin;
}

/** Whether the shape of an item is known: a row that is only supposed to be there is no place to hold on to. */
export function isKnownInWall(layout: WallLayout, item: number): boolean {
  return layout.shapes.isKnown(layout.firsts[lastAtMost(layout.firsts, item)] ?? 0);
}

/** Returns the item that a key leads to from another one; up and down lead to what lies above and below its middle. */
export function stepInWall(layout: WallLayout, item: number, step: Step, viewHeight: number): number {
  const last = Math.max(0, layout.index.total - 1);
  const { row } = find(layout, item);
  switch (step) {
    case 'left':
      return Math.max(0, item - 1);
    case 'right':
      return Math.min(last, item + 1);
    case 'home':
      return 0;
    case 'end':
      return last;
    case 'row-start':
      return row.first;
    case 'row-end':
      return row.first + row.widths.length - 1;
    case 'up':
      return row.first === 0 ? item : beside(layout, item, row.first - 1);
    case 'down':
      return row.first + row.widths.length > last ? item : beside(layout, item, row.first + row.widths.length);
    case 'page-up':
    case 'page-down': {
      const by = step === 'page-up' ? -viewHeight : viewHeight;
      const there = itemInWall(layout, rowInWall(layout, item).top + by);
      if (find(layout, there).row.first === row.first) {
        return stepInWall(layout, item, step === 'page-up' ? 'up' : 'down', viewHeight);
      }
      return beside(layout, item, there);
    }
    default:
      return item;
  }
}

/** Returns the item in the row of `other` that lies where the middle of `item` is. */
function beside(layout: WallLayout, item: number, other: number): number {
  const { row } = find(layout, item);
  const at = item - row.first;
  const middle = sum(row.widths.slice(0, at)) + at * layout.gap + (row.widths[at] ?? 0) / 2;
  const target = find(layout, other).row;
  let right = 0;
  for (const [place, width] of target.widths.entries()) {
    right += width + layout.gap;
    if (middle < right) return target.first + place;
  }
  return target.first + target.widths.length - 1;
}

function find(layout: WallLayout, item: number): { block: number; row: BlockRow } {
  const block = Math.min(lastAtMost(layout.firsts, item), Math.max(0, layout.blockTops.length - 1));
  const rows = rowsOf(layout, block);
  const row = rows.findLast(({ first }) => first <= item) ?? rows[0];
  return { block, row: row ?? { first: 0, top: 0, height: layout.rowHeight, widths: [0] } };
}

function rowsOf(layout: WallLayout, block: number): readonly BlockRow[] {
  const { firsts, index, shapes } = layout;
  const first = firsts[block] ?? 0;
  const count = (firsts[block + 1] ?? first) - first;
  const { section } = placeOf(index, first);
  const isLast = first + count === (index.starts[section + 1] ?? 0);
  return shapes.rowsOf(first, layout, isLast) ?? usualRows(first, count, layout);
}

function usualRows(first: number, count: number, measure: WallMeasure): BlockRow[] {
  const { columns, ratio, rowHeight } = usualRow(measure);
  const rows = Array.from({ length: Math.ceil(count / columns) }, (_, row) => ({
    count: Math.min(columns, count - row * columns),
    height: rowHeight,
  }));
  return placeRows(first, rows, measure, () => ratio);
}

function usualHeight(count: number, measure: WallMeasure): number {
  const { columns, rowHeight } = usualRow(measure);
  return Math.ceil(count / columns) * (rowHeight + measure.gap);
}

function usualRow(measure: WallMeasure): { columns: number; rowHeight: number; ratio: number } {
  const { gap, rowHeight, width } = measure;
  const ratio = clampRatio(usualRatio, measure);
  const columns = Math.max(1, Math.round((width + gap) / (ratio * rowHeight + gap)));
  return { columns, rowHeight: Math.max(1, (width - gap * (columns - 1)) / columns / ratio), ratio };
}

function heightOf(rows: readonly BlockRow[], gap: number): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height + gap;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
