import type { CategoryConfig } from '../../../base/config/media-config.ts';
import { toPlainSigns } from './plain-signs.ts';
import { seasonOfFolder } from './season-folder.ts';

interface EpisodeNumbers {
  seasonNumber: number;
  episodeNumber: number;
}

/** Where a file lies; it decides what `4x100` and `03` in its name are. */
export interface EpisodeContext extends Pick<CategoryConfig, 'mediaType' | 'storageFormat'> {
  /** The names of the folders from the root to the file. */
  folders: readonly string[];
}

/**
 * Returns season and episode of a stem that has `S01E02` (also `s1.e2`, `s1ep2`, `S2021E05`), `Season 1 Episode 2` or
 * `1x02`, in any case; null where there are none. A double episode, `S01E02E03`, counts as its first. Without a context
 * every `1x02` is an episode.
 */
export function episodeNumbersOf(stem: string, context?: EpisodeContext): EpisodeNumbers | null {
  const plain = toPlainSigns(stem);
  const match = seasonAndEpisode.exec(plain) ?? inWords.exec(plain) ?? findCrossed(plain, context);
  if (match === null) return null;
  return { seasonNumber: Number(match[1]), episodeNumber: Number(match[2]) };
}

/** Returns the last episode of `S01E01-E03`, `S01E01E02`, `S01E01-03`, `1x01-1x02` and `1x01x02`; null where there is only the first. */
export function lastEpisodeOf(plain: string, first: number): number | null {
  const [, , run] = runOfSeason.exec(plain) ?? runCrossed.exec(plain) ?? [];
  const bare = runBare.exec(plain);
  // As many digits as the first has, so that neither a resolution nor a depth of bits counts.
  const isSame = bare !== null && bare[1]!.length === bare[2]!.length;
  const last = run === undefined ? (isSame ? Number(bare[2]) : null) : Number(/\d+$/.exec(run)![0]);
  return last !== null && last > first ? last : null;
}

const runOfSeason =
  /(?<![a-z0-9])s\d{1,4}[\s._-]{0,3}e(?:p[\s._-]?)?(\d{1,4})((?:[\s._]?[-~+&,]?[\s._]?(?:s\d{1,4}[\s._-]{0,3})?ep?\d{1,4}(?!\d))+)/i;
const runBare = /(?<![a-z0-9])s\d{1,4}[\s._-]{0,3}e(?:p[\s._-]?)?(\d{1,4})[-~+&](\d{1,4})(?![\w]|\.\d)/i;
const runCrossed = /(?<![a-z0-9])(\d{1,2})x\d{2,3}((?:[\s._]?[-~+&,]?[\s._]?(?:\1)?x\d{2,3}(?![\da-wyz]))+)/i;

// Neither may start inside a word or a number, nor end inside a number.
const seasonAndEpisode = /(?<![a-z0-9])s(\d{1,4})[\s._-]{0,3}e(?:p[\s._-]?)?(\d{1,4})(?!\d)/i;
const inWords = /(?<![a-z0-9])season[\s._-]{0,3}(\d{1,4})[\s._-]{1,3}episode[\s._-]{0,3}(\d{1,4})(?!\d)/i;

// Two digits at most before the x and two or three after it: a resolution has more (640x360, 1920x1080) and an aspect
// ratio fewer (16x9). `5.1x264` is a sound format beside a codec.
const crossed = /(?<![a-z0-9])(\d{1,2})x(?!26[456](?!\d))(\d{2,3})(?![a-z0-9])/i;
// The second one follows the first, which the third side of a box seldom does.
const crossedTwice = /(?<![a-z0-9])(\d{1,2})x(\d{2,3})x(\d{2,3})(?![a-z0-9])/i;

/** Finds `1x02`, unless it may as well be a measure (`Room 20x30`) or a relay (`4x100`) where the file lies. */
function findCrossed(stem: string, context?: EpisodeContext): RegExpExecArray | null {
  const twice = crossedTwice.exec(stem);
  const match = twice !== null && Number(twice[3]) === Number(twice[2]) + 1 ? twice : crossed.exec(stem);
  if (match === null || context === undefined) return match;
  if (context.mediaType === 'IMAGE') return null;
  const [, season = '', episode = ''] = match;
  // Nothing is measured in `x02`, and a folder of the season leaves no doubt.
  if (episode.startsWith('0') || context.folders.some((name) => seasonOfFolder(name) === Number(season))) return match;
  if (context.storageFormat !== 'SERIES') return null;
  const isUsual = Number(season) < 20 && episode.length === 2;
  return isUsual || isOfSeries(stem.slice(0, match.index), context.folders) ? match : null;
}

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
