import type { Track } from 'mediainfo.js';
import { cleanText } from './clean.ts';
import type { Chapter } from './facts.ts';
import type { Notes } from './notes.ts';

/** Audio books have some hundreds. */
const maxChapters = 500;

/** MediaInfo gives chapters as members named by their time, such as `_00_01_30_500`. */
const timeName = /^_(\d{1,4})_(\d{2})_(\d{2})_(\d{3})$/;

/** A title of several languages begins with the one that it is in: `en:Intro`, or a colon alone. */
const languagePrefix = /^(?:[a-z]{2,3}(?:-[A-Za-z]{2,8})?)?:(?=\S)/;

/** Returns the chapters of the first menu that has any, by their time. */
export function findChapters(tracks: readonly Track[], notes: Notes): Chapter[] {
  for (const track of tracks) {
    if (track['@type'] !== 'Menu') continue;
    const named = Object.entries(track.extra ?? {}).filter(([name]) => timeName.test(name));
    if (named.length === 0) continue;
    if (named.length > maxChapters) notes.add(`It has ${named.length} chapters; ${maxChapters} are kept.`);
    return named
      .slice(0, maxChapters)
      .map(([name, text]) => chapterOf(name, text, notes))
      .toSorted((a, b) => a.startSeconds - b.startSeconds);
  }
  return [];
}

function chapterOf(name: string, text: unknown, notes: Notes): Chapter {
  const [hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = timeName.exec(name)?.slice(1).map(Number) ?? [];
  const whole = typeof text === 'string' ? text.slice(0, 1_000).replace(languagePrefix, '') : text;
  const title = cleanText(whole, 'The title of a chapter', notes, 200);
  const startSeconds = hours * 3600 + minutes * 60 + seconds + milliseconds / 1000;
  return { startSeconds, ...(title !== undefined && { title }) };
}
