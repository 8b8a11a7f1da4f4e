import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { SignedOutError } from '../api/api-errors.ts';
import { execute } from '../api/execute.ts';
import { noteSignedOut, useSignedOut } from '../api/signed-out.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { BlockStore, type FetchPage } from '../list/block-store.ts';
import { indexSections } from '../list/sections.ts';
import { TileItem, type Tile } from '../media/list-documents.ts';
import type { MediaList } from '../media/use-list.ts';
import { GroupItemsDocument } from './documents.ts';

/** An episode or a track, with its number. */
export interface Part extends Tile {
  episodeNumber?: number | null;
  trackNumber?: number | null;
}

export interface GroupList extends MediaList {
  store: BlockStore<Part>;
  pages: FetchPage<Part>;
}

/** The items of a group as a list, in the order in which they are played. */
export function useGroupList(category: string, key: string, total: number): GroupList {
  const index = useMemo(() => indexSections([{ key: '', count: total, cursor: null }]), [total]);
  const pages = useMemo(() => pagesOfGroup(category, key), [category, key]);
  const store = useMemo(() => new BlockStore<Part>(index, pages, { onFailure }), [index, pages]);
  const isSignedOut = useSignedOut();
  useEffect(() => () => store.close(), [store]);
  useEffect(() => {
    if (!isSignedOut) store.retry();
  }, [isSignedOut, store]);
  const version = useSyncExternalStore(store.subscribe, store.version);
  return { index, store, version, pages };
}

/** What one answer may hold. */
const most = 200;

/** A group is read from a cursor on; what is to be left out is read, too: groups are short. */
function pagesOfGroup(category: string, key: string): FetchPage<Part> {
  return async ({ after, first, skip }, signal) => {
    const items: Part[] = [];
    let endCursor = after;
    while (items.length < skip + first) {
      const wanted = Math.min(most, skip + first - items.length);
      const { group } = await execute(GroupItemsDocument, { category, key, first: wanted, after: endCursor }, signal);
      const edges = group?.items.edges ?? [];
      for (const { node } of edges) {
        const { episodeNumber, trackNumber } = node;
        items.push({ ...readFragment(TileItem, node), episodeNumber, trackNumber });
      }
      endCursor = group?.items.pageInfo.endCursor ?? endCursor;
      if (edges.length < wanted) break;
    }
    return { items: items.slice(skip), endCursor: items.length > skip ? endCursor : null };
  };
}

function onFailure(error: unknown): void {
  if (error instanceof SignedOutError) noteSignedOut(error);
}
