import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { texts } from '../words/texts.ts';
import { useShortcuts } from '../keys/shortcuts.ts';
import { clampTop } from '../list/scroll-window.ts';
import { itemAt, layOutGrid, rowsBetween, stepFrom, topOf, type GridLayout, type Step } from '../list/grid-layout.ts';
import { placeOf } from '../list/sections.ts';
import { add, isSelected, toggle, type Selection } from '../list/selection.ts';
import { zoomSteps, type LayoutName } from '../list/view.ts';
import { Rows } from './rows.tsx';
import { Scrubber } from './scrubber.tsx';
import styles from './list-view.module.css';
import type { MediaList } from '../media/use-list.ts';
import { useScrollWindow } from './use-scroll-window.ts';
import { useSize } from './use-size.ts';

export interface ListViewHandle {
  /** Brings an item into view and puts the focus on it. */
  focus: (item: number) => void;
}

interface ListViewProps {
  ref: Ref<ListViewHandle>;
  list: MediaList;
  /** Another key is another list, which begins at its beginning. */
  listKey: string;
  layout: LayoutName;
  zoom: number;
  title: string;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (id: string) => void;
  onRetry: () => void;
}

/** The items of a list of any length: what is seen of it, and a screen more. */
export function ListView({
  ref,
  list,
  listKey,
  layout,
  zoom,
  title,
  selection,
  onSelect,
  onOpen,
  onRetry,
}: ListViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const grid = useGrid(list, layout, zoom, size.width);
  const scroll = useScrollWindow(scroller, { listHeight: grid.height, viewHeight: size.height, listKey });
  const [focused, setFocused] = useState(0);
  const wantsFocus = useRef(false);
  const lastChosen = useRef<number | null>(null);
  const { store } = list;

  const margin = size.height;
  const rows = rowsBetween(grid, scroll.top - margin / 2, scroll.top + size.height + margin);
  const tiles = rows.filter((row) => row.kind === 'tiles');
  const from = tiles[0]?.first ?? 0;
  const last = tiles.at(-1);
  const to = last === undefined ? from : last.first + last.count;
  useEffect(() => {
    if (!scroll.isFast) store.want(from, to);
  }, [store, from, to, scroll.isFast]);

  const reveal = (item: number) => {
    const top = topOf(grid, item);
    const heading = grid.headingHeight;
    if (top - heading < scroll.current()) scroll.jumpTo(top - heading);
    else if (top + grid.tileHeight > scroll.current() + size.height)
      scroll.jumpTo(top + grid.tileHeight - size.height + 8);
  };
  const focus = (item: number) => {
    wantsFocus.current = true;
    setFocused(item);
    reveal(item);
  };
  useImperativeHandle(ref, () => ({ focus }));
  useAnchor(grid, scroll, size.height);

  const choose = (item: number, isRange: boolean) => {
    const { id } = store.itemAt(item) ?? {};
    if (id === undefined) return;
    const start = lastChosen.current;
    lastChosen.current = item;
    if (!isRange || start === null) {
      onSelect(toggle(selection, id));
      return;
    }
    const [low, high] = start < item ? [start, item] : [item, start];
    const ids = Array.from({ length: high - low + 1 }, (_, at) => store.itemAt(low + at)?.id);
    onSelect(
      add(
        selection,
        ids.filter((each) => each !== undefined),
      ),
    );
  };
  const move = (step: Step) => (event: KeyboardEvent) => {
    const next = stepFrom(grid, focused, step, size.height);
    if (event.shiftKey && next !== focused) choose(next, true);
    focus(next);
  };
  const jumpSection = (by: number) => () => {
    const { section, offset } = placeOf(list.index, focused);
    const target = by < 0 && offset > 0 ? section : section + by;
    focus(list.index.starts[Math.min(Math.max(0, target), list.index.sections.length - 1)] ?? 0);
  };
  useShortcuts({
    left: move('left'),
    right: move('right'),
    up: move('up'),
    down: move('down'),
    pageUp: move('page-up'),
    pageDown: move('page-down'),
    home: move('home'),
    end: move('end'),
    nextSection: jumpSection(1),
    previousSection: jumpSection(-1),
    open: () => {
      const item = store.itemAt(focused);
      if (item !== undefined) onOpen(item.id);
    },
    select: ({ shiftKey }) => choose(focused, shiftKey),
  });

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        id="list"
        className={styles.scroller}
        role="grid"
        tabIndex={-1}
        aria-label={texts.list.label(title, list.index.total)}
        aria-rowcount={Math.ceil(list.index.total / grid.columns)}
        aria-multiselectable="true"
      >
        <div className={styles.window} style={{ height: scroll.window.height }}>
          <Rows
            rows={rows}
            grid={grid}
            list={list}
            layout={layout}
            offset={scroll.window.start}
            focused={focused}
            takesFocus={wantsFocus}
            isFast={scroll.isFast}
            isChosen={(id) => isSelected(selection, id)}
            isChoosing={selection.kind === 'all' || selection.ids.size > 0}
            onChoose={choose}
            onOpen={onOpen}
            onFocus={setFocused}
            onRetry={onRetry}
          />
        </div>
      </div>
      <Scrubber
        index={list.index}
        grid={grid}
        top={scroll.top}
        viewHeight={size.height}
        onScrub={(top) => scroll.jumpTo(top)}
      />
    </div>
  );
}

function useGrid(list: MediaList, layout: LayoutName, zoom: number, width: number): GridLayout {
  const headingHeight = list.index.sections.length > 0 && list.index.sections[0]?.key !== '' ? 52 : 0;
  const gap = layout === 'table' ? 0 : width < 720 ? 2 : 4;
  const least = [72, 96, 128, 168, 220, 300, 420][Math.min(zoom, zoomSteps - 1)] ?? 168;
  // A phone shows three tiles a row where a screen shows eight.
  const tileWidth = layout === 'table' ? 0 : width < 720 ? Math.min(least * 0.7, width) : least;
  const heightOf = (tile: number) => (layout === 'table' ? 44 : tile);
  return layOutGrid(list.index, { width, tileWidth, heightOf, gap, headingHeight });
}

/** Keeps the item at the top where it is when the layout changes, as by another width or size of tiles. */
function useAnchor(grid: GridLayout, scroll: ReturnType<typeof useScrollWindow>, viewHeight: number): void {
  const before = useRef(grid);
  useEffect(() => {
    const old = before.current;
    before.current = grid;
    if (old === grid || old.index.total === 0) return;
    if (old.columns === grid.columns && old.tileHeight === grid.tileHeight && old.index === grid.index) return;
    if (old.index !== grid.index && old.index.total !== grid.index.total) return;
    const item = itemAt(old, scroll.current());
    const within = scroll.current() - topOf(old, item);
    if (scroll.current() > 0) scroll.jumpTo(clampTop(topOf(grid, item) + within, grid.height, viewHeight));
  });
}
