import type { CategoryConfig } from '../../base/config/media-config.ts';

/** Returns a filename without its extension. A leading dot makes a hidden file, not an extension. */
export function stemOf(filename: string): string {
  const dot = filename.lastIndexOf('.');
  return dot > 0 ? filename.slice(0, dot) : filename;
}

/**
 * Returns the title that a file's stem suggests: `_` and `.` become spaces, a trailing `(YYYY)` goes, runs of
 * whitespace are one space. Never empty: a stem of nothing else, such as `(1999)` or `__`, is its own title.
 */
export function describeTitle(stem: string): string {
  const spaced = stem.replace(separators, ' ').trim();
  const title = spaced.endsWith(')') ? spaced.replace(trailingYear, '') : spaced;
  return title === '' ? stem : title;
}

const separators = /[_.\s]+/g;
const trailingYear = / ?\(\d{4}\)$/;

/**
 * Returns the track number in front of a stem: `03 - Name`, `03. Name`, `03) Name`, `[03] Name`, `03 Name`, `Track 3`, and the
 * disc's tracks `1-03 Name`; null where there is none. A number of four digits is a year, and one that is not filled up
 * with a zero and has nothing but a space after it belongs to the name (`99 Problems`).
 */
export function trackNumberOf(stem: string): number | null {
  const plain = toPlainDigits(stem);
  for (const form of trackForms) {
    const match = form.exec(plain);
    if (match !== null) return Number(match[1]);
  }
  return null;
}

// Downloads have underscores where their names had spaces.
const trackForms = [
  /^(\d{1,3})(?:[\s_]+[-–—]|\.)[\s_]+[^\s_]/,
  /^\d-(\d{2})(?:\.|[\s_]+[-–—])?[\s_]+[^\s_]/,
  /^(\d{1,3})\)[\s_.-]*[^\s_.-]/,
  /^\[(\d{1,3})\][\s_.-]*[^\s_.-]/,
  /^(0[1-9])(?:[\s_]+|-)[^\s_\d-]/,
  /^track[\s_.-]*(\d{1,3})(?!\d)/i,
];

/** Keyboards of East Asia also write digits and letters as wide as their other signs. */
function toPlainDigits(stem: string): string {
  return stem.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0));
}

interface EpisodeNumbers {
  seasonNumber: number;
  episodeNumber: number;
}

/** Where a file lies; it decides what `4x100` in its name is. */
interface EpisodeContext extends Pick<CategoryConfig, 'mediaType' | 'storageFormat'> {
  /** The names of the folders from the root to the file. */
  folders: readonly string[];
}

/**
 * Returns season and episode of a stem that has `S01E02` (also `s1.e2`, `s1ep2`, `S2021E05`), `Season 1 Episode 2` or
 * `1x02`, in any case; null where there are none. A double episode, `S01E02E03`, counts as its first. Without a context
 * every `1x02` is an episode.
 */
export function episodeNumbersOf(stem: string, context?: EpisodeContext): EpisodeNumbers | null {
  const plain = toPlainDigits(stem);
  const match = seasonAndEpisode.exec(plain) ?? inWords.exec(plain) ?? findCrossed(plain, context);
  if (match === null) return null;
  return { seasonNumber: Number(match[1]), episodeNumber: Number(match[2]) };
}

// Neither may start inside a word or a number, nor end inside a number.
const seasonAndEpisode = /(?<![a-z0-9])s(\d{1,4})[\s._-]{0,3}e(?:p[\s._-]?)?(\d{1,4})(?!\d)/i;
const inWords = /(?<![a-z0-9])season[\s._-]{0,3}(\d{1,4})[\s._-]{1,3}episode[\s._-]{0,3}(\d{1,4})(?!\d)/i;

// Two digits at most before the x and two or three after it: a resolution has more (640x360, 1920x1080) and an aspect
// ratio fewer (16x9). `5.1x264` is a sound format beside a codec.
const crossed = /(?<![a-z0-9])(\d{1,2})x(?!26[456](?!\d))(\d{2,3})(?![a-z0-9])/i;

/** Finds `1x02`, unless it may as well be a measure (`Room 20x30`) or a relay (`4x100`) where the file lies. */
function findCrossed(stem: string, context?: EpisodeContext): RegExpExecArray | null {
  const match = crossed.exec(stem);
  if (match === null || context === undefined) return match;
  if (context.mediaType === 'IMAGE') return null;
  const [, season = '', episode = ''] = match;
  // Nothing is measured in `x02`, and a folder of the season leaves no doubt.
  if (episode.startsWith('0') || context.folders.some((name) => isSeason(name, Number(season)))) return match;
  if (context.storageFormat !== 'SERIES') return null;
  const isUsual = Number(season) < 20 && episode.length === 2;
  return isUsual || isOfSeries(stem.slice(0, match.index), context.folders) ? match : null;
}

/** Whether a folder is that of the season: `Season 4`, `S04`, `Staffel 4`, `4`. */
function isSeason(folder: string, season: number): boolean {
  const match = seasonFolder.exec(folder.trim());
  return match !== null && Number(match[1]) === season;
}

const seasonFolder =
  /^(?:(?:s|season|series|staffel|saison|temporada|stagione|seizoen|sezon|säsong|сезон)[\s._-]*)?(\d{1,2})$/i;

/** Whether the folders name the series that stands before the number; in the root itself nothing speaks against it. */
function isOfSeries(before: string, folders: readonly string[]): boolean {
  const title = fold(before);
  if (title === '' || folders.length === 0) return true;
  return folders.map(fold).some((name) => name !== '' && (name.startsWith(title) || title.startsWith(name)));
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
