import { foldText } from '../fold-text.ts';
import type { MediaFacts } from './facts.ts';

const maxLength = 2000;

/**
 * Returns what a search looks through of a file's own facts, folded, a line each: title, artist, album, genres, keywords, caption,
 * camera. Null where there is nothing.
 */
export function factTextOf(facts: MediaFacts | null): string | null {
  if (facts === null) return null;
  const { embeddedTitle, caption, keywords, camera, music } = facts;
  const texts = [
    embeddedTitle,
    ...(music ? [music.title, music.artist, music.album, music.albumArtist, ...(music.genres ?? [])] : []),
    ...(keywords ?? []),
    ...(camera ? [camera.make, camera.model, camera.lens] : []),
    caption,
  ];
  const lines = texts.flatMap((text) =>
    typeof text === 'string' && text.trim() !== '' ? [foldText(text.trim())] : [],
  );
  const joined = [...new Set(lines)].join('\n');
  return joined === '' ? null : Array.from(joined).slice(0, maxLength).join('');
}
