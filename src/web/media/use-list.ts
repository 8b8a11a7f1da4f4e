import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { execute } from '../api/execute.ts';
import { follow } from '../api/live.ts';
import { persevere } from '../api/persevere.ts';
import { noteSignedOut, useSignedOut } from '../api/signed-out.ts';
import { SignedOutError } from '../api/api-errors.ts';
import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { BlockStore, type FetchPage } from '../list/block-store.ts';
import { indexSections, type SectionIndex } from '../list/sections.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import {
  ListChangesDocument,
  ListCountDocument,
  ListPageDocument,
  TileItem,
  TimelineDocument,
  type Tile,
} from './list-documents.ts';

/** A list of any length: how many items it has under which headings, and those that are loaded. */
export interface MediaList {
  index: SectionIndex;
  store: BlockStore<Tile>;
  /** Changes with what the store has loaded. */
  version: number;
}

interface ListState {
  /** Null until it is known how long the list is. */
  list: MediaList | null;
  error: Error | null;
  /** How many items have come since the list was read. */
  fresh: number;
  /** Reads the list anew, with what has come. */
  refresh: () => void;
  retry: () => void;
}

/** Reads how long a list is and under which headings, and gives the store that loads what is seen of it. */
export function useList(filter: ListFilter, order: ListOrder, category: string | undefined): ListState {
  const isTimeline = order.field === 'CAPTURED_AT';
  const [round, setRound] = useState(0);
  const timeline = useOperation(
    TimelineDocument,
    { filter, direction: order.direction, unit: 'MONTH' },
    { enabled: isTimeline, staleTime: 5_000 },
  );
  const counted = useOperation(ListCountDocument, { filter }, { enabled: !isTimeline, staleTime: 5_000 });
  const sections = isTimeline ? timeline.data?.mediaTimeline : undefined;
  const total = isTimeline ? undefined : counted.data?.media.totalCount;
  const index = useMemo(() => {
    if (sections !== undefined) return indexSections(sections);
    return total === undefined ? null : indexSections([{ key: '', count: total, cursor: null }]);
  }, [sections, total]);
  const key = JSON.stringify([filter, order, round]);
  const store = useMemo(
    () => (index === null ? null : new BlockStore<Tile>(index, pagesOf(filter, order), { onFailure })),
    // The key stands for the filter and the order, which are made anew with each rendering.
    [index, key],
  );
  useEffect(() => () => store?.close(), [store]);
  const isSignedOut = useSignedOut();
  useEffect(() => {
    if (!isSignedOut) store?.retry();
  }, [isSignedOut, store]);
  const version = useSyncExternalStore(store?.subscribe ?? never, store?.version ?? zero);
  const refetch = isTimeline ? timeline.refetch : counted.refetch;
  const live = useLiveChanges(category, store, isSignedOut, () => void refetch());
  const list = index === null || store === null ? null : { index, store, version };
  return {
    list,
    error: isTimeline ? timeline.error : counted.error,
    fresh: live.fresh,
    refresh() {
      live.reset();
      setRound((before) => before + 1);
      void refetch();
    },
    retry() {
      store?.retry();
      if (index === null) void refetch();
    },
  };
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

/** Shows changes where they are loaded; what was added is counted, and shown when the person asks for it. */
function useLiveChanges(
  category: string | undefined,
  store: BlockStore<Tile> | null,
  isSignedOut: boolean,
  recount: () => void,
) {
  const [fresh, setFresh] = useState(0);
  const latest = useRef({ store, recount });
  latest.current = { store, recount };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const recountSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current.recount();
      }, 5_000);
    };
    const stop = follow(
      ListChangesDocument,
      { category: category ?? null },
      {
        onData({ mediaChanged: { added, isCut, removed, updated } }) {
          for (const item of updated) latest.current.store?.replace(readFragment(TileItem, item));
          if (added.length > 0) setFresh((before) => before + added.length);
          if (isCut || removed.length > 0) recountSoon();
        },
        onGap: recountSoon,
      },
    );
    return () => {
      clearTimeout(timer);
      stop();
    };
    // A sign-in begins another connection.
  }, [category, isSignedOut]);
  useEffect(() => setFresh(0), [category]);
  return { fresh, reset: () => setFresh(0) };
}

function onFailure(error: unknown): void {
  if (error instanceof SignedOutError) noteSignedOut(error);
}

const never = () => () => undefined;
const zero = () => 0;
