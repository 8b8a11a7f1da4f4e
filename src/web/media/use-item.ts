import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { hashOf } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import { ItemDocument, type Item } from './item-documents.ts';
import type { MediaList } from './use-list.ts';

interface ItemState {
  /** Null while it is not known, and where there is none. */
  item: Item | null;
  /** Whether the service says that there is no such item, or none for this person. */
  isGone: boolean;
  /** What keeps it from being known; what passes is tried again meanwhile. */
  error: Error | null;
  retry: () => void;
}

/** All that is known of an item. Where its list hears of a change, it is asked for again. */
export function useItem(id: string, list: MediaList | null): ItemState {
  const { data, error, failureReason, isSuccess, refetch } = useOperation(ItemDocument, { id }, { staleTime: 5_000 });
  const client = useQueryClient();
  const number = list?.store.find(id);
  const tile = number === undefined ? undefined : list?.store.itemAt(number);
  const seen = useRef(tile);
  useEffect(() => {
    const before = seen.current;
    seen.current = tile;
    if (before === undefined || tile === undefined || before === tile || before.id !== tile.id) return;
    void client.invalidateQueries({ queryKey: [hashOf(ItemDocument)] });
  }, [tile, client]);
  return {
    item: data?.mediaItem ?? null,
    isGone: isSuccess && data.mediaItem === null,
    error: data === undefined ? (error ?? failureReason) : null,
    retry: () => void refetch(),
  };
}
