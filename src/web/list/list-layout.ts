import * as grid from './grid-layout.ts';
import * as wall from './wall-layout.ts';

export type { ListRow, Step } from './grid-layout.ts';

/** Where every row of a list stands. */
export type ListLayout = grid.GridLayout | wall.WallLayout;

/** Lists the rows between two heights of the list, from the top. */
export function rowsBetween(layout: ListLayout, from: number, to: number): grid.ListRow[] {
  return layout.kind === 'grid' ? grid.rowsBetween(layout, from, to) : wall.rowsOfWall(layout, from, to);
}

/** Returns where the row of an item is, by its number in the list. */
export function rowOf(layout: ListLayout, item: number): { top: number; height: number } {
  return layout.kind === 'grid'
    ? { top: grid.topOf(layout, item), height: layout.tileHeight }
    : wall.rowInWall(layout, item);
}

/** Returns the number of the item at a height of the list: the first of its row, or of the section below its heading. */
export function itemAt(layout: ListLayout, y: number): number {
  return layout.kind === 'grid' ? grid.itemAt(layout, y) : wall.itemInWall(layout, y);
}

/** Returns the item that a key leads to from another one; the same one at an edge. */
export function stepFrom(layout: ListLayout, item: number, step: grid.Step, viewHeight: number): number {
  return layout.kind === 'grid'
    ? grid.stepFrom(layout, item, step, viewHeight)
    : wall.stepInWall(layout, item, step, viewHeight);
}

/** How far it is from one row to the next, about. */
export function pitchOf(layout: ListLayout): number {
  return (layout.kind === 'grid' ? layout.tileHeight : layout.rowHeight) + layout.gap;
}

/**
 * Returns where the list has to be scrolled to, so that what is seen at `top` stays where it is in another layout of the same items: the first
 * item in view whose shape is known holds the others.
 */
export function heldTop(before: ListLayout, after: ListLayout, top: number, viewHeight: number): number {
  const rows = rowsBetween(before, top, top + viewHeight).filter((row) => row.kind === 'tiles');
  const known = before.kind === 'wall' ? rows.find(({ first }) => wall.isKnownInWall(before, first)) : rows[0];
  const item = known?.first ?? itemAt(before, top);
  return rowOf(after, item).top + top - rowOf(before, item).top;
}
