import { posix } from 'node:path';
import { foldName } from './fold-name.ts';
import { foldersOfWork, isEpisode, seasonOf, type PlacedItem } from './work-folders.ts';

/** What a picture is for: `poster` presents a work, `thumbnail` is a tile of a gallery. */
export type PicturePurpose = 'poster' | 'thumbnail';

/** A folder, from the root of the category, and the folded names of files in it that may be an item's picture, the best first. */
export interface ArtworkPlace {
  folder: string;
  names: string[];
}

const extensions = ['jpg', 'jpeg', 'png', 'webp'];
/** Beside a photo these are other photos. */
const moreExtensions = [...extensions, 'avif', 'gif', 'jfif', 'bmp', 'tbn'];

// The names that Kodi and Jellyfin know, by the shape of what they name: upright, wide, and a picture of the mood alone.
const upright = ['poster', 'folder', 'cover'];
const moreUpright = { VIDEO: ['movie', 'show', 'default'], AUDIO: ['front', 'album', 'jacket', 'default'] } as const;
const wide = ['thumb', 'landscape'];
const backdrops = ['fanart', 'backdrop', 'background', 'art', 'banner'];

/**
 * Returns where the picture of an item may lie, the best place first: under its own name, then for its folder, then for its show
 * or album in the folders above. A picture of the whole folder is no thumbnail of a photo: an album with a `cover.jpg` would
 * show nothing but that. Nor is a poster of the show the tile of an episode, of which there may be a frame.
 */
export function artworkPlaces(item: PlacedItem, purpose: PicturePurpose): ArtworkPlace[] {
  const folder = posix.dirname(item.relativePath);
  const own = toFiles(item, namesBeside(item, purpose)).filter(
    (name) => name !== foldName(posix.basename(item.relativePath)),
  );
  const above = purpose === 'poster' || item.mediaType === 'AUDIO' ? foldersOfWork(item) : [];
  const ofWork = toFiles(item, namesAbove(item));
  return [{ folder, names: own }, ...above.map((each) => ({ folder: each, names: ofWork }))];
}

/** Returns the folded names of a file's own artwork: those that begin with its name. */
export function ownArtworkNames(item: PlacedItem): string[] {
  const { name } = posix.parse(item.relativePath);
  if (item.mediaType === 'IMAGE') return [];
  return toFiles(item, [name, ...[...upright, ...wide, ...backdrops].map((kind) => `${name}-${kind}`)]);
}

/** Returns the folded names of artwork of all that is in a folder. */
export function folderArtworkNames(item: PlacedItem): string[] {
  if (item.mediaType === 'IMAGE') return [];
  return toFiles(item, [...seasonNames(item), ...upright, ...more(item.mediaType), ...wide, ...backdrops]);
}

function namesBeside(item: PlacedItem, purpose: PicturePurpose): string[] {
  const { mediaType, relativePath } = item;
  const { name } = posix.parse(relativePath);
  const own = (kinds: readonly string[]) => kinds.map((kind) => `${name}-${kind}`);
  if (mediaType === 'IMAGE') return [name, `${name}-poster`, ...(purpose === 'thumbnail' ? [] : upright)];
  const folders = [...seasonNames(item), ...upright, ...more(mediaType)];
  // Beside an episode, a still of it says more than the poster of all.
  const [before, after] = isEpisode(item) ? [own(wide), []] : [[], own(wide)];
  return [name, ...own(upright), ...before, ...folders, ...after, ...wide, ...own(backdrops), ...backdrops];
}

function namesAbove(item: PlacedItem): string[] {
  return [...seasonNames(item), ...upright, ...more(item.mediaType), ...wide, ...backdrops];
}

/** `season01-poster`, also with one digit or three; season 0 is that of the specials. */
function seasonNames(item: PlacedItem): string[] {
  const season = seasonOf(item);
  if (season === null) return [];
  const numbers = [...new Set([2, 1, 3].map((digits) => String(season).padStart(digits, '0')))];
  const names = [...(season === 0 ? ['-specials'] : []), ...numbers, '-all'];
  return names.flatMap((name) => [`season${name}-poster`, ...(name === '-all' ? [] : [`season${name}`])]);
}

function more(mediaType: string): readonly string[] {
  return mediaType === 'AUDIO' ? moreUpright.AUDIO : moreUpright.VIDEO;
}

function toFiles({ mediaType }: Pick<PlacedItem, 'mediaType'>, names: readonly string[]): string[] {
  const known = mediaType === 'IMAGE' ? extensions : moreExtensions;
  return names.flatMap((name) => known.map((extension) => foldName(`${name}.${extension}`)));
}
