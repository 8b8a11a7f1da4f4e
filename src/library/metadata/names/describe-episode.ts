import { findAiredOn } from './aired-on.ts';
import { episodeNumbersOf, lastEpisodeOf } from './episode-numbers.ts';
import { findLoneEpisode } from './lone-episode.ts';
import { toPlainSigns } from './plain-signs.ts';
import type { NamePlace } from './name-place.ts';
import { seasonOfName } from './season-folder.ts';

/** What a name says of an episode; null where it does not. */
export interface EpisodeDescription {
  /** Zero for specials. */
  seasonNumber: number | null;
  episodeNumber: number | null;
  /** The last one of a file that holds several. */
  lastEpisodeNumber: number | null;
  /** The day on which it was sent, as `2024-03-15`. */
  airedOn: string | null;
}

/**
 * Reads the episode that a file is. Names with season and episode count in every category; where categories hold series, so
 * do days, episodes without a season (`Show - 680`, `Ep 3`, `第3話`), and the season of the folder.
 */
export function describeEpisode(stem: string, place: NamePlace): EpisodeDescription {
  const plain = toPlainSigns(stem);
  const numbers = episodeNumbersOf(plain, place);
  const lastEpisodeNumber = numbers === null ? null : lastEpisodeOf(plain, numbers.episodeNumber);
  if (place.storageFormat !== 'SERIES' || place.mediaType === 'IMAGE')
    return { ...nothing, ...numbers, lastEpisodeNumber };
  const { airedOn, rest } = findAiredOn(plain);
  if (numbers !== null) return { ...numbers, lastEpisodeNumber, airedOn };

  const { season, isBeside } = place.season;
  if (isBeside) return { ...nothing, airedOn };
  const named = seasonOfName(rest);
  const found = findLoneEpisode(rest, { season: named ?? season, isInFolder: place.folders.length > 0 });
  // Without an episode, `Galaxy S10` is no season.
  if (found === null) return { ...nothing, seasonNumber: season, airedOn };
  return { seasonNumber: named ?? season, episodeNumber: found.first, lastEpisodeNumber: found.last, airedOn };
}

const nothing = { seasonNumber: null, episodeNumber: null, lastEpisodeNumber: null, airedOn: null };
