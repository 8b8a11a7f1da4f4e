import { useMemo } from 'react';
import { layOutGrid } from '../list/grid-layout.ts';
import { ratioOf, usualRatio } from '../list/justify.ts';
import type { ListLayout } from '../list/list-layout.ts';
import { zoomSteps, type LayoutName } from '../list/view.ts';
import { layOutWall } from '../list/wall-layout.ts';
import { WallShapes } from '../list/wall-shapes.ts';
import type { Tile } from '../media/list-documents.ts';
import type { MediaList } from '../media/use-list.ts';

/** Lays out a list: anew where it, its size or the person's wish changes, and a wall with each block that is loaded. */
export function useLayout(
  { index, store, version }: MediaList,
  name: LayoutName,
  zoom: number,
  width: number,
): ListLayout {
  const shapes = useMemo(() => new WallShapes(), [store]);
  // What was loaded and tells no new shape lays nothing out.
  const known = useMemo(() => {
    for (const { first, items } of name === 'wall' ? store.loaded() : []) shapes.note(first, items.map(shapeOf));
    return shapes.size;
  }, [name, shapes, store, version]);
  return useMemo(() => {
    const headingHeight = index.sections.length > 0 && index.sections[0]?.key !== '' ? 52 : 0;
    const gap = name === 'table' ? 0 : width < 720 ? 2 : 4;
    const least = [72, 96, 128, 168, 220, 300, 420][Math.min(zoom, zoomSteps - 1)] ?? 168;
    // A phone shows three tiles a row where a screen shows eight.
    const tileWidth = name === 'table' ? 0 : width < 720 ? Math.min(least * 0.7, width) : least;
    if (name === 'wall') return layOutWall(index, { width, rowHeight: tileWidth * 1.2, gap, headingHeight }, shapes);
    const heightOf = (tile: number) => (name === 'table' ? 44 : tile);
    return layOutGrid(index, { width, tileWidth, heightOf, gap, headingHeight });
  }, [index, name, zoom, width, shapes, known]);
}

/** Songs have covers, which are square. */
function shapeOf({ height, mediaType, width }: Tile): number {
  if (mediaType === 'AUDIO') return 1;
  return width && height ? ratioOf(width, height) : mediaType === 'VIDEO' ? 16 / 9 : usualRatio;
}
