import type { Tile } from '../media/list-documents.ts';
import { seekBy, seekTo, skip, stopMusic, togglePlaying } from './music.ts';

const usualStep = 10;

/** Shows the track on the lock screen and hears the keys of headphones; returns the way to end that. */
export function tellSystem({ mediumUrl, title }: Tile, by: string): (() => void) | undefined {
  if (!('mediaSession' in navigator)) return undefined;
  const { mediaSession } = navigator;
  const [artist = '', album = ''] = by.split(' · ');
  mediaSession.metadata = new MediaMetadata({
    title,
    artist,
    album,
    artwork: [{ src: new URL(mediumUrl, location.href).href }],
  });
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', togglePlaying],
    ['pause', togglePlaying],
    ['nexttrack', () => void skip(1)],
    ['previoustrack', () => void skip(-1)],
    ['seekto', ({ seekTime }) => seekTo(seekTime ?? 0)],
    ['seekbackward', ({ seekOffset }) => seekBy(-(seekOffset ?? usualStep))],
    ['seekforward', ({ seekOffset }) => seekBy(seekOffset ?? usualStep)],
    ['stop', stopMusic],
  ];
  for (const [action, handle] of handlers) mediaSession.setActionHandler(action, handle);
  return () => {
    mediaSession.metadata = null;
    mediaSession.playbackState = 'none';
    for (const [action] of handlers) mediaSession.setActionHandler(action, null);
  };
}

interface Position {
  isPlaying: boolean;
  /** Seconds. */
  length: number;
  position: number;
}

/** Tells the system where the track is. */
export function tellPosition({ isPlaying, length, position }: Position): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.playbackState = isPlaying ? 'playing' : 'paused';
  if (length > 0) {
    navigator.mediaSession.setPositionState({
      duration: length,
      position: Math.min(position, length),
      playbackRate: 1,
    });
  }
}
