import { Suspense, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import { HoldKeys } from '../keys/held-keys.ts';
import { useShortcuts, type ShortcutId } from '../keys/shortcuts.ts';
import type { Category } from '../api/use-categories.ts';
import {
  countFilters,
  layouts,
  toFilter,
  toOrder,
  withoutFilters,
  zoomSteps,
  type ListFilter,
  type ListOrder,
  type View,
  type ViewChange,
} from '../list/view.ts';
import { countSelected, everything, isEmpty, nothing, type Selection } from '../list/selection.ts';
import { Button } from '../ui/button.tsx';
import { lazySoon } from '../ui/lazy-soon.ts';
import { Notice } from '../ui/notice.tsx';
import { Viewer } from '../viewer/lazy-viewer.tsx';
import styles from './gallery.module.css';
import { ListBar } from './list-bar.tsx';
import { ListView, type ListViewHandle } from './list-view.tsx';
import { useList } from '../media/use-list.ts';
import { usualLayout, usualZoom } from './usual-look.ts';

const SelectionBar = lazySoon(async () => (await import('./selection-bar.tsx')).SelectionBar);
const DateDialog = lazySoon(async () => (await import('./date-dialog.tsx')).DateDialog);

interface GalleryProps {
  view: View;
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
  title: string;
  /** What is said where there is nothing, and no filter is to blame. */
  empty: string;
  /** The order where the address names none. */
  usual: ListOrder;
  category?: Category;
  /** Narrows the list beside what the address says. */
  within?: Pick<ListFilter, 'folder' | 'hierarchy'>;
  /** The page itself says which status it lists. */
  saysStatus?: boolean;
  /** Stands between the bar and the list. */
  above?: React.ReactNode;
}

/** A list with its bar, its selection and its viewer. All of the view is in the address. */
export function Gallery({
  view,
  onChange,
  title,
  empty,
  usual,
  category,
  within,
  saysStatus = false,
  above,
}: GalleryProps) {
  const filter = { ...toFilter(view, category?.key), ...within };
  const order = toOrder(view, usual);
  const [selection, setSelection] = useState<Selection>(nothing);
  const [fresh, setFresh] = useState(0);
  const [isDating, setDating] = useState(false);
  const early = useRef<ShortcutId[]>([]);
  const { list, error, refresh, retry } = useList(filter, order, {
    category: category?.key,
    isHeld: selection.kind === 'ranges',
  });
  const listView = useRef<ListViewHandle>(null);
  const key = JSON.stringify([filter, order]);
  // A selection belongs to the list that it was made in.
  const [selectionKey, setSelectionKey] = useState(key);
  if (selectionKey !== key) {
    setSelectionKey(key);
    setSelection(nothing);
    setFresh(0);
  }
  const layout = view.view ?? usualLayout(category);
  const zoom = view.zoom ?? usualZoom();
  const total = list?.index.total ?? 0;
  const changeZoom = (by: number) =>
    onChange({ zoom: Math.min(zoomSteps - 1, Math.max(0, zoom + by)) }, { replace: true });
  useShortcuts({
    larger: () => changeZoom(1),
    smaller: () => changeZoom(-1),
    layout: () =>
      onChange({ view: layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? 'grid' }, { replace: true }),
    selectAll: () => setSelection(everything),
    leave: () => setSelection(nothing),
    goDate: () => setDating(true),
  });
  const bar = useMemo(() => ({ layout, zoom, order }), [layout, zoom, order.field, order.direction]);
  return (
    <div className={styles.gallery}>
      {isEmpty(selection, total) ? (
        <ListBar
          {...bar}
          title={title}
          count={list === null ? null : total}
          view={view}
          filter={filter}
          category={category}
          saysStatus={saysStatus}
          onChange={onChange}
          onZoom={changeZoom}
        />
      ) : (
        <Suspense fallback={<BarToCome early={early} />}>
          <SelectionBar
            early={early}
            selection={selection}
            count={countSelected(selection, total)}
            filter={filter}
            order={order}
            isTrash={view.status?.includes('DELETED') === true}
            onSelect={setSelection}
            onDone={refresh}
          />
        </Suspense>
      )}
      {category?.state === 'OFFLINE' && <p className={styles.offline}>{texts.list.offline(category.label)}</p>}
      {above}
      {fresh > 0 && (
        <Button kind="primary" className={styles.fresh ?? ''} onClick={() => listView.current?.toTop()}>
          {texts.list.fresh(fresh)}
        </Button>
      )}
      {list === null ? (
        error !== null && (
          <Notice text={describeFailure(error)}>
            <Button onClick={retry}>{texts.list.retry}</Button>
          </Notice>
        )
      ) : total === 0 ? (
        <Empty view={view} empty={empty} onClear={() => onChange(cleared(view))} />
      ) : (
        <ListView
          ref={listView}
          list={list}
          listKey={key}
          layout={layout}
          zoom={zoom}
          title={title}
          filter={filter}
          order={order}
          selection={selection}
          onSelect={setSelection}
          onOpen={(id) => onChange({ item: id })}
          onRetry={retry}
          onZoom={changeZoom}
          onFresh={(count) => setFresh((before) => (count === 0 ? 0 : before + count))}
        />
      )}
      {isDating && list !== null && (
        <Suspense fallback={<HoldKeys />}>
          <DateDialog
            list={list}
            filter={filter}
            order={order}
            onGo={(at) => listView.current?.focus(at)}
            onClose={() => setDating(false)}
          />
        </Suspense>
      )}
      {view.item !== undefined && (
        <Viewer
          id={view.item}
          list={list}
          filter={filter}
          order={order}
          onShow={(id) => onChange({ item: id }, { replace: true })}
          onClose={(at) => {
            onChange({ item: undefined }, { replace: true });
            if (at !== null) listView.current?.focus(at);
          }}
          onChanged={refresh}
        />
      )}
    </div>
  );
}

/** Stands in for the bar of a selection while it is loaded, and keeps what is to be done with the selection. */
function BarToCome({ early }: { early: RefObject<ShortcutId[]> }) {
  useEffect(() => {
    early.current = [];
  }, [early]);
  useShortcuts({ hide: () => early.current.push('hide'), favourite: () => early.current.push('favourite') });
  return <div className={styles.bar} />;
}

function Empty({ view, empty, onClear }: { view: View; empty: string; onClear: () => void }) {
  const filters = countFilters(view) - (view.fav === true ? 1 : 0) - (view.status?.length === 1 ? 1 : 0);
  if (filters === 0) return <Notice text={empty} />;
  return (
    <Notice text={texts.list.empty.filtered}>
      <Button onClick={onClear}>{texts.list.clear(filters)}</Button>
    </Notice>
  );
}

/** Sets every parameter that filters to nothing. */
function cleared(view: View): ViewChange {
  const kept = withoutFilters(view);
  return Object.fromEntries(Object.keys(view).map((name) => [name, kept[name as keyof View]]));
}
