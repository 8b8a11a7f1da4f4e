import { useRef } from 'react';
import { heldTop, rowOf, rowsBetween, type ListLayout } from '../list/list-layout.ts';
import type { MediaList } from '../media/use-list.ts';

interface HeldPlaceOptions {
  list: MediaList;
  grid: ListLayout;
  viewHeight: number;
  focused: number;
  /** The item with the focus has another number now. */
  onMoved: (focused: number) => void;
  /** So many items have come above what is seen. */
  onFresh: (count: number) => void;
}

/**
 * Returns what is to be at the top of the view when the layout has become another one: the items that are seen stay where they are, by their
 * shapes where the list is the same, and by their IDs where it was read anew. At the very top, what is new just appears.
 */
export function useHeldPlace({
  list,
  grid,
  viewHeight,
  focused,
  onMoved,
  onFresh,
}: HeldPlaceOptions): (top: number) => number {
  const before = useRef({ list, grid });
  return (top) => {
    const { grid: oldGrid, list: old } = before.current;
    before.current = { list, grid };
    if (oldGrid === grid || oldGrid.index.total === 0) return top;
    if (old.store === list.store) return top <= 0 ? 0 : heldTop(oldGrid, grid, top, viewHeight);
    const focusedId = old.store.itemAt(focused)?.id ?? '';
    const moved = list.store.find(focusedId);
    if (moved !== undefined && moved !== focused) onMoved(moved);
    if (top <= 0) return 0;
    for (const row of rowsBetween(oldGrid, top, top + viewHeight)) {
      if (row.kind === 'heading') continue;
      for (let item = row.first; item < row.first + row.count; item++) {
        const now = list.store.find(old.store.itemAt(item)?.id ?? '');
        if (now === undefined) continue;
        if (now > item) onFresh(now - item);
        return rowOf(grid, now).top + top - row.top;
      }
    }
    return top;
  };
}
