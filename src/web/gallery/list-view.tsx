import { useDeferredValue, useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { useShortcuts } from '../keys/shortcuts.ts';
import { rowOf, rowsBetween, stepFrom, type Step } from '../list/list-layout.ts';
import type { Selection } from '../list/selection.ts';
import type { LayoutName, ListFilter, ListOrder } from '../list/view.ts';
import type { MediaList } from '../media/use-list.ts';
import { texts } from '../words/texts.ts';
import styles from './list-view.module.css';
import { Rows } from './rows.tsx';
import { Scrubber } from './scrubber.tsx';
import { useChosen } from './use-chosen.ts';
import { useFocus } from './use-focus.ts';
import { useHeldPlace } from './use-held-place.ts';
import { useLayout } from './use-layout.ts';
import { useStable } from '../ui/use-stable.ts';
import { useScrollWindow } from './use-scroll-window.ts';
import { useSize } from '../ui/use-size.ts';
import { useTimeSteps } from './use-time-steps.ts';
import { useTouch } from './use-touch.ts';

export interface ListViewHandle {
  /** Brings an item into view and puts the focus on it. */
  focus: (item: number) => void;
  /** Goes to the beginning of the list. */
  toTop: () => void;
}

interface ListViewProps {
  ref: Ref<ListViewHandle>;
  list: MediaList;
  /** Another key is another list, which begins at its beginning. */
  listKey: string;
  layout: LayoutName;
  zoom: number;
  title: string;
  filter: ListFilter;
  order: ListOrder;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (id: string) => void;
  onRetry: () => void;
  onZoom: (by: number) => void;
  /** So many items have come above what is seen; 0 where everything above is seen. */
  onFresh: (count: number) => void;
}

/** The items of a list of any length: what is seen of it, and a screen more. */
export function ListView({ ref, list, listKey, layout, zoom, title, filter, order, ...given }: ListViewProps) {
  const { selection, onSelect, onOpen, onRetry, onZoom, onFresh } = given;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const grid = useLayout(list, layout, zoom, size.width);
  const { focused, setFocused, moveFocused, wantsFocus } = useFocus(scroller);
  const hold = useHeldPlace({ list, grid, viewHeight: size.height, focused, onMoved: moveFocused, onFresh });
  const scroll = useScrollWindow(scroller, { layout: grid, viewHeight: size.height, listKey, hold });
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
  useEffect(() => {
    if (scroll.top === 0) onFresh(0);
  }, [scroll.top === 0]);

  // The pictures of all that is seen come piece by piece, once the list runs slowly again; they stop coming at once.
  const wasFast = useDeferredValue(scroll.isFast);
  const isFast = scroll.isFast || wasFast;

  const focus = (item: number) => {
    wantsFocus.current = true;
    setFocused(item);
    const { height, top } = rowOf(grid, item);
    if (top - grid.headingHeight < scroll.current()) scroll.jumpTo(top - grid.headingHeight);
    else if (top + height > scroll.current() + size.height) scroll.jumpTo(top + height - size.height + 8);
  };
  useImperativeHandle(ref, () => ({ focus, toTop: () => focus(0) }));

  const { choose, chooseSection, noteStart, sectionOf, shareOf } = useChosen({
    list,
    filter,
    order,
    selection,
    onSelect,
  });
  const stableChoose = useStable(choose);
  const stableOpen = useStable(onOpen);
  const move = (step: Step) => (event: KeyboardEvent) => {
    const next = stepFrom(grid, focused, step, size.height);
    if (event.shiftKey && next !== focused) {
      noteStart(focused);
      choose(next, true);
    }
    focus(next);
  };
  const timeSteps = useTimeSteps({ list, filter, order, focused, onGo: focus });
  useTouch(scroller, { onZoom, onChoose: choose });
  useShortcuts({
    left: move('left'),
    right: move('right'),
    up: move('up'),
    down: move('down'),
    pageUp: move('page-up'),
    pageDown: move('page-down'),
    home: move('home'),
    end: move('end'),
    rowStart: move('row-start'),
    rowEnd: move('row-end'),
    ...timeSteps,
    open: () => {
      const item = store.itemAt(focused);
      if (item !== undefined) onOpen(item.id);
    },
    select: ({ shiftKey }) => choose(focused, shiftKey),
    selectSection: () => void chooseSection(sectionOf(focused)),
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
        aria-rowcount={grid.kind === 'grid' ? Math.ceil(list.index.total / grid.columns) : -1}
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
            isFast={isFast}
            selection={selection}
            isChoosing={selection.kind !== 'some' || selection.ids.size > 0}
            shareOf={shareOf}
            onChoose={stableChoose}
            onChooseSection={(section) => void chooseSection(section)}
            onOpen={stableOpen}
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
