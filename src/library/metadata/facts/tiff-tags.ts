import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';
import {
  directorySizes,
  readTiffHead,
  readTiffNumber as readNumber,
  type TiffHead,
} from '../../../base/pictures/tiff-directories.ts';

/** The value of a tag as it is stored. */
interface RawTag {
  type: number;
  count: number;
  bytes: Buffer;
  isLittleEndian: boolean;
}

/** The tags of one directory, by their number. */
export type TiffTags = ReadonlyMap<number, RawTag>;

/** The directories of a TIFF structure that have facts; each is empty where there is none. */
export interface TiffFacts {
  image: TiffTags;
  exif: TiffTags;
  gps: TiffTags;
}

const none: TiffTags = new Map();
export const noTiffFacts: TiffFacts = { image: none, exif: none, gps: none };

// A hostile file has directories without end, and values of megabytes. Only two links are followed, each once, so there
// is no circle.
const maxEntries = 1_000;
const maxTextBytes = 16 * 1024;
/** XMP and IPTC, which are documents inside a tag. */
const maxBlockBytes = 1024 * 1024;
export const [xmpTag, iptcTag] = [0x02bc, 0x83bb];
const [exifPointer, gpsPointer] = [0x8769, 0x8825];

/**
 * Reads the first directory of the TIFF structure at `start`, of BigTIFF too, and its directories of EXIF and GPS. A
 * value that lies outside the file is left out; none is left of what is no TIFF structure.
 */
export function readTiffFacts(bytes: PictureBytes, start = 0): TiffFacts {
  const head = readTiffHead(bytes, start);
  if (head === null || bytes.read(start, 16).length < (head.isBig ? 16 : 8)) return noTiffFacts;
  const structure = { bytes, start, ...head };
  const image = readDirectory(structure, head.first);
  const follow = (pointer: number) => {
    const [offset] = numbersOf(image, pointer);
    return offset === undefined || offset === 0 ? none : readDirectory(structure, offset);
  };
  return { image, exif: follow(exifPointer), gps: follow(gpsPointer) };
}

interface Structure extends TiffHead {
  bytes: PictureBytes;
  start: number;
}

function readDirectory({ bytes, start, isLittleEndian, isBig }: Structure, offset: number): TiffTags {
  const [countBytes, entryBytes, offsetBytes] = directorySizes(isBig);
  const counter = bytes.read(start + offset, countBytes);
  if (counter.length < countBytes) return none;
  const count = Math.min(readNumber(counter, 0, countBytes, isLittleEndian), maxEntries);
  const body = bytes.read(start + offset + countBytes, count * entryBytes);
  const tags = new Map<number, RawTag>();
  for (let at = 0; at + entryBytes <= body.length; at += entryBytes) {
    const tag = readNumber(body, at, 2, isLittleEndian);
    const type = readNumber(body, at + 2, 2, isLittleEndian);
    const values = readNumber(body, at + 4, offsetBytes, isLittleEndian);
    const size = sizes[type];
    if (size === undefined || values === 0 || tags.has(tag)) continue;
    const length = Math.min(values * size, tag === xmpTag || tag === iptcTag ? maxBlockBytes : maxTextBytes);
    const field = at + 4 + offsetBytes;
    const found =
      values * size <= offsetBytes
        ? body.subarray(field, field + length)
        : bytes.read(start + readNumber(body, field, offsetBytes, isLittleEndian), length);
    if (found.length > 0) tags.set(tag, { type, count: values, bytes: found, isLittleEndian });
  }
  return tags;
}

/** Bytes of a value, by the types of TIFF from BYTE to IFD8, and UTF-8 of EXIF 3. */
const sizes: Record<number, number | undefined> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
  129: 1,
};
const maxNumbers = 16;

/** Returns the first numbers of a tag; a fraction without a denominator is NaN. None where the tag is missing. */
export function numbersOf(tags: TiffTags, tag: number): number[] {
  const raw = tags.get(tag);
  const size = raw && sizes[raw.type];
  if (raw === undefined || size === undefined) return [];
  const { type, bytes, isLittleEndian } = raw;
  const count = Math.min(raw.count, maxNumbers, Math.floor(bytes.length / size));
  return Array.from({ length: count }, (_, index) => readValue(bytes, index * size, type, isLittleEndian));
}

function readValue(bytes: Buffer, at: number, type: number, isLittleEndian: boolean): number {
  const signed = (from: number) => (isLittleEndian ? bytes.readInt32LE(from) : bytes.readInt32BE(from));
  const whole = (from: number, size: number) => readNumber(bytes, from, size, isLittleEndian);
  switch (type) {
    case 5:
      return ratio(whole(at, 4), whole(at + 4, 4));
    case 6:
      return bytes.readInt8(at);
    case 8:
      return isLittleEndian ? bytes.readInt16LE(at) : bytes.readInt16BE(at);
    case 9:
      return signed(at);
    case 10:
      return ratio(signed(at), signed(at + 4));
    case 11:
      return isLittleEndian ? bytes.readFloatLE(at) : bytes.readFloatBE(at);
    case 12:
      return isLittleEndian ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);
    default:
      return whole(at, sizes[type] ?? 1);
  }
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator;
}

/** Returns the text of a tag, as far as its first NUL; undefined for one that is missing or has none. */
export function textOf(tags: TiffTags, tag: number): string | undefined {
  const bytes = tags.get(tag)?.bytes;
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  const text = decodeText(end === -1 ? bytes : bytes.subarray(0, end)).trim();
  return text === '' ? undefined : text;
}

/** The standard says ASCII; programs write UTF-8, and older ones what their system had. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

export function bytesOf(tags: TiffTags, tag: number): Buffer | null {
  return tags.get(tag)?.bytes ?? null;
}
