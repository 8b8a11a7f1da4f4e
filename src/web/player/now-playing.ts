import { useSyncExternalStore } from 'react';
import type { Tile } from '../media/list-documents.ts';

/** What the bar plays: some tracks in a row, one of them now. */
export interface NowPlaying {
  tracks: readonly Tile[];
  at: number;
}

let state: NowPlaying | null = null;
const listeners = new Set<() => void>();

/** Plays tracks from one of them on. */
export function play(tracks: readonly Tile[], at: number): void {
  set(tracks[at] === undefined ? null : { tracks, at });
}

/** Goes on by some tracks; past the last one it ends. */
export function skip(by: number): void {
  if (state !== null) play(state.tracks, Math.max(0, state.at + by));
}

export function stop(): void {
  set(null);
}

export function useNowPlaying(): NowPlaying | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

function set(next: NowPlaying | null): void {
  state = next;
  for (const listener of listeners) listener();
}
