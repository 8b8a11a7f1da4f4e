import { foldText, isAscii } from './fold-text.ts';

/**
 * Returns what a title is sorted by, code point by code point: `Äpfel` right after `Apfel`, `E2` before `E10`.
 */
export function titleKeyOf(title: string): string {
  const trimmed = title.trim();
  const folded = foldText(trimmed);
  const key = naturalKey(folded);
  if (isAscii(trimmed)) return atMost(key);
  const lower = trimmed.toLowerCase().normalize('NFC');
  // What folding took away decides between titles that are alike without it.
  return atMost(lower === folded ? key : `${key}${keySeparator}${lower}`);
}

/** Returns what a path is sorted by: folder by folder, each in the order of titles. */
export function pathOrderOf(relativePath: string): string {
  return atMost(keyOfPath(relativePath));
}

/**
 * Returns between which two values all lie that is sorted by its path, or by the hierarchy, and is below a folder; null for a
 * folder whose path is too long to tell.
 */
export function folderBoundsOf(folder: string): { from: string; to: string } | null {
  const key = keyOfPath(folder);
  return Buffer.byteLength(key) < maxKeyBytes ? { from: key + keySeparator, to: key + afterSeparator } : null;
}

function keyOfPath(relativePath: string): string {
  if (isAscii(relativePath)) return keyOfName(relativePath).replaceAll('/', keySeparator);
  // Folding may make a slash that is none of the path's.
  return relativePath.split('/').map(keyOfName).join(keySeparator);
}

/** Where a file stands in its series or on its album. */
export interface FileNumbers {
  seasonNumber: number | null;
  episodeNumber: number | null;
  /** As `2024-03-15`. */
  airedOn: string | null;
  discNumber: number | null;
  discSide: string | null;
  trackNumber: number | null;
}

/**
 * Returns what a file is sorted by in the hierarchy: by its folders as a path is, in a folder by its numbers, then by its
 * name. A number that is not known comes after all others. Null for a file without numbers, which stands where its path
 * says.
 */
export function hierarchyOrderOf(relativePath: string, numbers: FileNumbers): string | null {
  const { seasonNumber, episodeNumber, airedOn, discNumber, discSide, trackNumber } = numbers;
  const episode = episodeNumber ?? airedOn;
  if (episode === null && trackNumber === null) return null;
  const path = keyOfPath(relativePath);
  const nameStart = path.lastIndexOf(keySeparator) + 1;
  const inOrder = [seasonNumber, episode, discNumber, discSide, trackNumber];
  const keys = inOrder.map((part) => (part === null ? afterAllNumbers : keyOfName(String(part))));
  return atMost(`${path.slice(0, nameStart)}${keys.join(keySeparator)}${keySeparator}${path.slice(nameStart)}`);
}

/** What the tags of a song say of its place. */
interface AlbumPlace {
  album?: string;
  albumArtist?: string;
  artist?: string;
  disc?: number;
  track?: number;
  title?: string;
}

/**
 * Returns what a song is sorted by on the albums that tags name: by who the album is by, its name, disc, track and title. Null without the
 * name of an album.
 */
export function albumOrderOf({ album, albumArtist, artist, disc, track, title }: AlbumPlace): string | null {
  if (album === undefined) return null;
  const parts = [albumArtist ?? artist, album, disc, track];
  const keys = parts.map((part) => (part === undefined ? afterAllNumbers : keyOfName(String(part))));
  return atMost([...keys, keyOfName(title ?? '')].join(keySeparator));
}

/** What stands for a number or a name that is not known. */
export const afterAllNumbers = '~';

/** It comes before all that stands in a name, so that the files of a folder stay together. */
export const keySeparator = '\u0001';
const afterSeparator = '\u0002';

function keyOfName(name: string): string {
  return naturalKey(foldText(name));
}

/** Gives each number the count of its digits in front, so that comparing characters compares numbers. */
function naturalKey(folded: string): string {
  return hasDigit.test(folded) ? folded.replace(/\d+/g, keyOfNumber) : folded;
}

const hasDigit = /\d/;

function keyOfNumber(digits: string): string {
  // Most numbers are short, and have no zero in front.
  if (digits.length <= 8 && !digits.startsWith('0')) return `${digits.length}${digits}`;
  const significant = digits.replace(/^0+(?=\d)/, '');
  // Nine stands for "more than eight, and so many": the count itself sorts by its characters too.
  const nines = Math.floor((significant.length - 1) / 8);
  return `${'9'.repeat(nines)}${significant.length - nines * 8}${significant}`;
}

/** PostgreSQL indexes rows of at most 2704 bytes, and two so long that are alike up to there are in the order of their ids. */
const maxKeyBytes = 2048;

function atMost(key: string): string {
  if (key.length * 3 <= maxKeyBytes || Buffer.byteLength(key) <= maxKeyBytes) return key;
  // The bytes of a half character become U+FFFD, which takes more than they did.
  return Buffer.from(key)
    .subarray(0, maxKeyBytes)
    .toString()
    .replace(/\ufffd+$/, '');
}
