import { isRawName } from '../../base/pictures/raw-name.ts';
import { readGroupName, type GroupName } from './group-names.ts';

/** A picture or film of a group, of which one is the main one. */
export interface GroupMember {
  /** The same for the same file, if two categories have it. */
  path: string;
  filename: string;
  /** Null where it is not known. */
  durationSeconds: number | null;
  captured: { localMs: number; source: string } | null;
}

/** What a companion is to the main one. */
export type ItemCompanionKind = 'MOTION' | 'RENDITION' | 'RAW' | 'ORIGINAL' | 'BURST';

/** Chooses the main one of the files that belong together by their names; null where nothing belongs to anything. */
export function chooseMain<T extends GroupMember>(members: readonly T[]): { main: T; companions: T[] } | null {
  const pictures = members.filter(({ filename }) => isPicture(filename));
  const [main] = pictures.toSorted((a, b) => rankOf(a) - rankOf(b) || compareNames(a.filename, b.filename));
  if (main === undefined) return null;
  const companions = members.filter(
    (other) => kindOf(main.filename, other.filename) !== null && isCertain(main, other) && other.path !== main.path,
  );
  return companions.length === 0 ? null : { main, companions };
}

/** Returns what a file is to the main one by their names; null where it is another thing. */
export function kindOf(mainName: string, otherName: string): ItemCompanionKind | null {
  const [main, other] = [readGroupName(mainName), readGroupName(otherName)];
  if (main.key !== other.key || !isPicture(mainName) || mainName === otherName) return null;
  if (isMotion(otherName)) return 'MOTION';
  if (!isPicture(otherName)) return null;
  if (main.isBurst && other.isBurst) return 'BURST';
  if (main.isEdited !== other.isEdited) return main.isEdited ? (isRawName(otherName) ? 'RAW' : 'ORIGINAL') : null;
  if (isRawName(mainName)) return isRendition(otherName) ? 'RENDITION' : null;
  if (isRawName(otherName)) return main.isCover || isRendition(mainName) ? 'RAW' : null;
  return main.isCover || other.isOriginal ? 'ORIGINAL' : null;
}

function isPicture(filename: string): boolean {
  return isRawName(filename) || /\.(?:avif|heic|heif|hif|jpe?g|jxl|png|tiff?|webp)$/i.test(filename);
}

function isMotion(filename: string): boolean {
  return /\.(?:mov|mp4|m4v|mp|mv)$/i.test(filename);
}

function isRendition(filename: string): boolean {
  return /\.(?:heic|heif|hif|jpe?g)$/i.test(filename);
}

/** What its program shows comes first, then what has most in it. */
function rankOf({ filename }: GroupMember): number {
  const { isCover, isEdited, isOriginal }: GroupName = readGroupName(filename);
  if (isEdited) return isRawName(filename) ? 0 : 1;
  if (isCover) return 2;
  const kind = isRawName(filename)
    ? 3
    : /\.(?:heic|heif|hif)$/i.test(filename)
      ? 4
      : /\.jpe?g$/i.test(filename)
        ? 5
        : 6;
  return isOriginal ? kind + 10 : kind;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The names that cameras give: of others, a film and a picture may just be named alike, such as a clip and its cover. */
const cameraName = /\d{4}|^(?:dcim|dsc[a-z]?|img|mvimg|p|photo|pict?|pxl)[-_ ]?e?\d/i;

/** Live Photos and their like have three seconds or less, and clips that people film seldom so few. */
const maxMotionSeconds = 10;
const maxApartMs = 60_000;

/**
 * Whether the two are of one moment. Cameras count from the beginning again, and folders are merged: what is hidden by its
 * name alone could be a film that somebody misses.
 */
function isCertain(main: GroupMember, other: GroupMember): boolean {
  if (isMotion(other.filename)) {
    const { durationSeconds } = other;
    if (durationSeconds === null || durationSeconds > maxMotionSeconds) return false;
    if (main.captured?.source !== 'EXIF' && !cameraName.test(main.filename)) return false;
  }
  const [one, two] = [momentOf(main), momentOf(other)];
  if (one === null || two === null) return true;
  const apartMs = Math.abs(one.localMs - two.localMs);
  if (apartMs <= maxApartMs) return true;
  // The date of a container is in UTC: the two may lie apart by what a zone of the world has.
  if (!one.isUtc && !two.isUtc) return false;
  const beyondZone = apartMs % zoneStepMs;
  return apartMs <= maxZoneMs && Math.min(beyondZone, zoneStepMs - beyondZone) <= maxApartMs;
}

const zoneStepMs = 15 * 60_000;
const maxZoneMs = 14 * 3_600_000 + maxApartMs;

/** When a member was recorded, where it says so itself: the times of files and names are those of copies, too. */
function momentOf({ captured }: GroupMember): { localMs: number; isUtc: boolean } | null {
  if (captured === null) return null;
  if (captured.source === 'EXIF' || captured.source === 'QUICKTIME') return { localMs: captured.localMs, isUtc: false };
  return captured.source === 'CONTAINER' || captured.source === 'GPS'
    ? { localMs: captured.localMs, isUtc: true }
    : null;
}
