import { useSyncExternalStore } from 'react';
import type { Tile } from '../media/list-documents.ts';

/** What the bar shows of the music. */
export interface NowPlaying {
  tile: Tile;
  /** Such as `Artist · Album`; empty while that is not known. */
  by: string;
  isPlaying: boolean;
  /** Seconds. */
  position: number;
  length: number;
  /** Whether something may stand behind it. */
  hasNext: boolean;
  /** Why it is silent; null where it is not, or somebody paused it. */
  problem: string | null;
}

let state: NowPlaying | null = null;
const listeners = new Set<() => void>();

/** Null where no music was started. */
export function useNowPlaying(): NowPlaying | null {
  return useSyncExternalStore(subscribe, () => state);
}

export function showNowPlaying(next: NowPlaying | null): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
