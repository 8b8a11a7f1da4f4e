import { discOfSide, discWords } from './disc-folder.ts';
import type { NamePlace } from './name-place.ts';
import { toPlainSigns } from './plain-signs.ts';
import { trackNumberOf } from './track-numbers.ts';

/** What a name says of a track; null where it does not. */
export interface TrackDescription {
  /** The disc or record of several. */
  discNumber: number | null;
  /** The side of a record or cassette, such as `A`; its tracks are counted anew. */
  discSide: string | null;
  trackNumber: number | null;
}

/**
 * Reads the place of a song on its album. Forms that may be anything elsewhere count for sound alone: the disc of the folder
 * (`CD2/`, `Disc 1/`) or in front of the track (`1-03`), sides of records (`A1 - `), `Artist - 03 - Name`.
 */
export function describeTrack(stem: string, place: NamePlace): TrackDescription {
  const { mediaType, storageFormat, folders, disc: folder } = place;
  const plain = toPlainSigns(stem);
  const usual = trackNumberOf(plain);
  if (mediaType !== 'AUDIO') return { discNumber: null, discSide: null, trackNumber: usual };
  if (!/\d/.test(plain)) return { ...folder, trackNumber: null };
  const onDisc = findOnDisc(plain, folder.discNumber);
  if (onDisc !== null) return { ...onDisc, discSide: folder.discSide };
  const onSide = findSide(plain, folders.length > 0);
  if (onSide !== null) return { ...onSide, discNumber: folder.discNumber ?? discOfSide(onSide.discSide) };
  const isOfAlbum = storageFormat === 'GROUP' && folders.length > 0;
  return { ...folder, trackNumber: usual ?? findTrack(plain) ?? (isOfAlbum ? findInAlbum(plain) : null) };
}

// Artists have such names (`D12`, `B12`): beyond nine tracks a side counts in the folder of an album alone.
const side = /^\[?([A-L])(0?[1-9]|1\d)\]?(?:[\s_]*[-.)][\s_]*|[\s_]*(?<=\])[\s_]*)[^\s_.-]/;
const filledSide = /^([A-L])(0[1-9])[\s_]+[^\s_]/;

function findSide(plain: string, isInFolder: boolean): { discSide: string; trackNumber: number } | null {
  const match = side.exec(plain) ?? filledSide.exec(plain);
  if (match === null || (Number(match[2]) > 9 && !isInFolder)) return null;
  return { discSide: match[1]!, trackNumber: Number(match[2]) };
}

const onDiscForms = [
  // 1-03 Name, 1.03 - Name, 1-03 - Name
  /^(\d)(?:-(\d{2})(?:\.|[\s_]+-)?|\.(\d{2})[\s_]*-)[\s_]+[^\s_]/,
  // CD1-03 Name, Disc 1 - 03 - Name, d1t03 Name, Disc 1 Track 3
  new RegExp(
    String.raw`^(?:${discWords}|d)[\s._-]*(\d{1,2})[\s._-]*(?:(?:track|t)[\s._-]*|[\s._]*-[\s._]*)(\d{1,3})(?!\d)`,
    'iu',
  ),
  // Artist - Album - 1-03 - Name
  /[\s_]-[\s_]+(\d)-(\d{2})[\s_]+-[\s_]+[^\s_]/,
  // 101-artist-name-group of those who share music
  /^([1-9])(0[1-9]|[1-9]\d)-\p{L}[^-]*-[^-]/u,
];

/** Finds disc and track that stand beside each other; `203` is the third of the second disc in its folder. */
function findOnDisc(plain: string, folderDisc: number | null): Omit<TrackDescription, 'discSide'> | null {
  for (const form of onDiscForms) {
    const match = form.exec(plain);
    const [disc, track] = match?.slice(1).filter((part) => part !== undefined) ?? [];
    if (Number(disc) > 0 && Number(track) > 0) return { discNumber: Number(disc), trackNumber: Number(track) };
  }
  const joined = folderDisc === null ? null : /^(\d{1,2}?)(0[1-9]|[1-9]\d)(?!\d)[\s_.-]*[^\d\s_.-]/.exec(plain);
  if (joined === null || Number(joined[1]) !== folderDisc) return null;
  return { discNumber: folderDisc, trackNumber: Number(joined[2]) };
}

const trackWords = 'track|titel|piste|plage|pista|faixa|traccia|spur|nummer|ścieżka|дорожка|трек|トラック|曲目';
const soundForms = [
  /[\s_]-[\s_]+(0[1-9]|[1-9]\d)[\s_]+-[\s_]+[^\s_]/,
  /^\((0[1-9]|[1-9]\d)\)[\s_.-]*[^\s_.-]/,
  /^([1-9]\d)-\p{L}[^-]*-[^-]/u,
  new RegExp(String.raw`^(?:${trackWords})[\s_.-]*(\d{1,3})(?!\d)`, 'iu'),
];

function findTrack(plain: string): number | null {
  const match = soundForms.map((form) => form.exec(plain)).find((found) => found !== null);
  return match === undefined ? null : Number(match[1]);
}

/**
 * Finds the track of `10 Name`, as programs name the songs of an album whose first ones are `01 Name`. Albums have seldom 30;
 * `99 Problems` is a name.
 */
function findInAlbum(plain: string): number | null {
  const match = /^([12]\d)[\s_]+[^\s_\d-]/.exec(plain);
  return match === null ? null : Number(match[1]);
}
