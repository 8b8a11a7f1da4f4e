import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { execute } from '../api/execute.ts';
import { persevere } from '../api/persevere.ts';
import { noteSignedOut, useSignedOut } from '../api/signed-out.ts';
import { SignedOutError } from '../api/api-errors.ts';
import { foresee, useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { blockSize, BlockStore, type FetchPage } from '../list/block-store.ts';
import { carryOver, indexSections, type SectionIndex } from '../list/sections.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { ListCountDocument, ListPageDocument, TileItem, TimelineDocument, type Tile } from './list-documents.ts';
import { useLiveChanges } from './use-live-changes.ts';

/** A list of any length: how many items it has under which headings, and those that are loaded. */
export interface MediaList {
  index: SectionIndex;
  store: BlockStore<Tile>;
  /** Changes with what the store has loaded. */
  version: number;
  /** Reads its pages for whoever goes along it by themselves, as music does. */
  pages: FetchPage<Tile>;
}

interface ListState {
  /** Null until it is known how long the list is. */
  list: MediaList | null;
  error: Error | null;
  /** Reads the list anew, with what has come. */
  refresh: () => void;
  retry: () => void;
}

interface ListOptions {
  /** Changes elsewhere that matter; undefined for all. */
  category: string | undefined;
  /** Nothing may change its number now: a selection is made of numbers. */
  isHeld: boolean;
}

interface Shown {
  key: string;
  index: SectionIndex;
  store: BlockStore<Tile>;
  pages: FetchPage<Tile>;
}

/**
 * Reads how long a list is and under which headings, and gives the store that loads what is seen of it. When the list has become another one, it
 * is shown once what is seen of it is there, so that nothing blinks.
 */
export function useList(filter: ListFilter, order: ListOrder, { category, isHeld }: ListOptions): ListState {
  const { index, error, refetch } = useIndex(filter, order);
  const key = JSON.stringify([filter, order]);
  const make = (of: SectionIndex): Shown => {
    const pages = pagesOf(filter, order);
    return { key, index: of, pages, store: new BlockStore<Tile>(of, pages, { onFailure }) };
  };
  const [kept, setShown] = useState<Shown | null>(null);
  let shown = kept?.key === key ? kept : null;
  if (shown === null && index !== null) {
    shown = make(index);
    setShown(shown);
  }
  const store = shown?.store ?? null;
  useEffect(() => () => store?.close(), [store]);
  const isSignedOut = useSignedOut();
  useEffect(() => {
    if (!isSignedOut) store?.retry();
  }, [isSignedOut, store]);

  // Grows with each wish to read the items anew, also where their number stayed the same.
  const [round, setRound] = useState(0);
  const readRound = useRef(round);
  const isOld = shown !== null && index !== null && (shown.index !== index || readRound.current !== round);
  useEffect(() => {
    if (!isOld || isHeld || shown === null || index === null) return;
    const controller = new AbortController();
    const next = make(index);
    const [from, to] = shown.store.seen();
    const begin = Math.max(0, carryOver(shown.index, index, from) - blockSize);
    const end = Math.min(index.total, carryOver(shown.index, index, Math.max(0, to - 1)) + blockSize);
    let isTaken = false;
    const take = async () => {
      await next.store.load(begin, end, controller.signal);
      if (controller.signal.aborted) return;
      isTaken = true;
      readRound.current = round;
      setShown(next);
    };
    void take();
    return () => {
      controller.abort();
      if (!isTaken) next.store.close();
    };
    // What is shown changes by this effect alone, and with the key.
  }, [isOld, isHeld, index, round, key]);

  const version = useSyncExternalStore(store?.subscribe ?? never, store?.version ?? zero);
  const refresh = () => {
    void refetch().then(() => setRound((before) => before + 1));
  };
  useLiveChanges({ category, filter, store, isSignedOut, onStale: refresh });
  return {
    list: shown === null ? null : { index: shown.index, store: shown.store, pages: shown.pages, version },
    error,
    refresh,
    retry() {
      store?.retry();
      if (index === null) void refetch();
    },
  };
}

/** Asks already how long a list is, before who looks at it is known. */
export function foreseeList(filter: ListFilter, order: ListOrder): void {
  if (order.field === 'CAPTURED_AT') foresee(TimelineDocument, timelineOf(filter, order));
  else foresee(ListCountDocument, { filter });
}

const timelineOf = (filter: ListFilter, { direction }: ListOrder) => ({ filter, direction, unit: 'MONTH' as const });

/** Counts the items of a list by month where it is in the order of time, else all of them. */
function useIndex(filter: ListFilter, order: ListOrder) {
  const isTimeline = order.field === 'CAPTURED_AT';
  const timeline = useOperation(TimelineDocument, timelineOf(filter, order), {
    enabled: isTimeline,
    staleTime: 5_000,
  });
  const counted = useOperation(ListCountDocument, { filter }, { enabled: !isTimeline, staleTime: 5_000 });
  const sections = isTimeline ? timeline.data?.mediaTimeline : undefined;
  const total = isTimeline ? undefined : counted.data?.media.totalCount;
  const index = useMemo(() => {
    if (sections !== undefined) return indexSections(sections);
    return total === undefined ? null : indexSections([{ key: '', count: total, cursor: null }]);
  }, [sections, total]);
  const { error, refetch } = isTimeline ? timeline : counted;
  return { index, error, refetch };
}

function pagesOf(filter: ListFilter, orderBy: ListOrder): FetchPage<Tile> {
  return async ({ after, first, skip }, signal) => {
    const variables = { filter, orderBy, after, first, skip };
    const { media } = await persevere(() => execute(ListPageDocument, variables, signal), signal);
    return {
      items: media.edges.map(({ node }) => readFragment(TileItem, node)),
      endCursor: media.pageInfo.endCursor ?? null,
    };
  };
}

function onFailure(error: unknown): void {
  if (error instanceof SignedOutError) noteSignedOut(error);
}

const never = () => () => undefined;
const zero = () => 0;
