import { posix } from 'node:path';

/** What must be known of an item to say which folders above its own belong to the same work. */
export interface PlacedItem {
  /** With `/` between its parts. */
  relativePath: string;
  mediaType: string;
  /** How the category keeps files; left out where that does not matter. */
  storageFormat?: string;
  seasonNumber?: number | null;
}

// The words of the languages that people name such folders in.
const season =
  /^(?:season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|kausi|sezona?|sezon|évad|сезон|s)[ ._-]*0*(\d{1,4})(?!\d)/iu;
const specials = /^(?:specials?|extras?|ova|ovas)$/i;
const disc = /^(?:cd|disc|disk|dvd|lp|vinyl|side)[ ._-]*(?:\d{1,2}|[a-d])(?![\p{L}\d])/iu;

/** Returns the number that the name of a folder gives a season; 0 for specials, null for a folder of another kind. */
export function seasonOfFolder(name: string): number | null {
  if (specials.test(name)) return 0;
  const [, number] = season.exec(name.normalize('NFC')) ?? [];
  return number === undefined ? null : Number(number);
}

/** Returns the season of a film that is an episode: by its folder, else by its name; null where neither says one. */
export function seasonOf({ relativePath, mediaType, seasonNumber }: PlacedItem): number | null {
  if (mediaType !== 'VIDEO') return null;
  return seasonOfFolder(posix.basename(posix.dirname(relativePath))) ?? seasonNumber ?? null;
}

/** Whether a film is one of the episodes of a show. */
export function isEpisode(item: PlacedItem): boolean {
  return item.mediaType === 'VIDEO' && (item.storageFormat === 'SERIES' || seasonOf(item) !== null);
}

/**
 * Returns the folders above an item's own that are its show's or its album's, the nearest first: that of a folder of a season or
 * a disc, and in a category of series all below the root. `.` is the root.
 */
export function foldersOfWork(item: PlacedItem): string[] {
  const own = posix.dirname(item.relativePath);
  const name = posix.basename(own);
  const isPart =
    (item.mediaType === 'VIDEO' && seasonOfFolder(name) !== null) || (item.mediaType === 'AUDIO' && disc.test(name));
  const above: string[] = [];
  if (isPart) above.push(posix.dirname(own));
  if (item.mediaType !== 'VIDEO' || item.storageFormat !== 'SERIES') return above;
  for (let folder = posix.dirname(own); folder !== '.' && above.length < maxLevels; folder = posix.dirname(folder)) {
    if (!above.includes(folder)) above.push(folder);
  }
  return above;
}

const maxLevels = 4;
