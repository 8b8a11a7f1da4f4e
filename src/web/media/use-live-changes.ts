import { useEffect, useRef } from 'react';
import { follow } from '../api/live.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { BlockStore } from '../list/block-store.ts';
import type { ListFilter } from '../list/view.ts';
import { ListChangesDocument, TileItem, type Tile } from './list-documents.ts';

interface LiveOptions {
  /** Only changes of this category; undefined for all. */
  category: string | undefined;
  filter: ListFilter;
  store: BlockStore<Tile> | null;
  isSignedOut: boolean;
  /** The list may have other items now, or another order. */
  onStale: () => void;
}

/** What is told of many items is gathered, and lists of a million are not counted for each of them. */
const [firstMs, nextMs] = [500, 5_000];

/** Shows changes where they are loaded, and tells when the list is another one: soon, and then every five seconds at most. */
export function useLiveChanges({ category, filter, store, isSignedOut, onStale }: LiveOptions): void {
  const latest = useRef({ filter, store, onStale });
  latest.current = { filter, store, onStale };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastTold = -Infinity;
    const tellSoon = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          lastTold = performance.now();
          latest.current.onStale();
        },
        Math.max(firstMs, lastTold + nextMs - performance.now()),
      );
    };
    const stop = follow(
      ListChangesDocument,
      { category: category ?? null },
      {
        onData({ mediaChanged: { added, isCut, removed, updated } }) {
          const items = updated.map((item) => readFragment(TileItem, item));
          const { filter: of, store: shown } = latest.current;
          const isElsewhere = items.some((item) => mayLeave(item, of) || mayMove(item, shown));
          for (const item of items) shown?.replace(item);
          if (isCut || added.length > 0 || removed.length > 0 || isElsewhere) tellSoon();
        },
        onGap: tellSoon,
      },
    );
    return () => {
      clearTimeout(timer);
      stop();
    };
    // A sign-in begins another connection.
  }, [category, isSignedOut]);
}

/** Whether an item that changed may be in the list no more, or only now. */
function mayLeave(
  { status }: Tile,
  { companions: _c, categories: _k, mediaTypes: _m, statuses, ...others }: ListFilter,
): boolean {
  return Object.keys(others).length > 0 || statuses?.includes(status) === false;
}

/** Whether an item that changed may stand elsewhere now, or was not in the list before. */
function mayMove(item: Tile, shown: BlockStore<Tile> | null): boolean {
  const before = shown?.itemAt(shown.find(item.id) ?? -1);
  const orders = ['capturedAtLocal', 'durationSeconds', 'relativePath', 'sizeBytes', 'title'] as const;
  return before?.id !== item.id || orders.some((name) => before[name] !== item[name]);
}
