import { foldText } from '../fold-text.ts';
import type { MediaFacts } from './facts.ts';

const maxLength = 2000;

/**
 * Returns what a search looks through of a file's own facts, folded, a line each: camera, title, artist, album, genres, keywords,
 * caption. Null where there is nothing.
 */
export function factTextOf(facts: MediaFacts | null): string | null {
  if (facts === null) return null;
  const { embeddedTitle, caption, keywords, camera, music } = facts;
  // The camera is never cut off: lists that are asked for it look here.
  const texts = [
    ...(camera ? [camera.make, camera.model, camera.lens] : []),
    embeddedTitle,
    ...(music ? [music.title, music.artist, music.album, music.albumArtist, ...(music.genres ?? [])] : []),
    ...(keywords ?? []),
    caption,
  ];
  const lines = texts.flatMap((text) =>
    typeof text === 'string' && text.trim() !== '' ? [foldText(text.trim())] : [],
  );
  const joined = [...new Set(lines)].join('\n');
  return joined === '' ? null : Array.from(joined).slice(0, maxLength).join('');
}
