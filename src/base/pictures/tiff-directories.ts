import type { PictureBytes } from './picture-bytes.ts';

/** The whole numbers of one directory of a TIFF structure, by tag. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

export const tiffTags = {
  width: 0x0100,
  height: 0x0101,
  compression: 0x0103,
  photometric: 0x0106,
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripByteCounts: 0x0117,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
  subDirectories: 0x014a,
  exif: 0x8769,
} as const;

/** Whatever is read of a file is bounded: a hostile one has directories without end, and links in circles. */
const [maxDirectories, maxEntries, maxValues] = [32, 1_000, 2_000_000];

/**
 * Reads the directories of a TIFF structure that begins at `start`, BigTIFF too: the first page, the pages behind it,
 * and those that they name. None where no such structure begins there.
 */
export function readTiffDirectories(bytes: PictureBytes, start = 0): TiffDirectory[] {
  const structure = openStructure(bytes, start);
  if (structure === null) return [];
  const directories: TiffDirectory[] = [];
  const seen = new Set<number>();
  const waiting = [structure.first];
  for (let at = waiting.shift(); at !== undefined && directories.length < maxDirectories; at = waiting.shift()) {
    if (at === 0 || seen.has(at)) continue;
    seen.add(at);
    const { directory, next } = readDirectory(structure, at);
    directories.push(directory);
    const named = [tiffTags.subDirectories, tiffTags.exif].flatMap((tag) => directory.get(tag) ?? []);
    waiting.push(...named.slice(0, maxDirectories), next);
  }
  return directories;
}

/** Counts the pages of a TIFF, no more than `enough`; where their links go in a circle, there are that many. */
export function countTiffPages(bytes: PictureBytes, enough: number): number {
  const structure = openStructure(bytes, 0);
  if (structure === null) return 0;
  const { isBig, read, number } = structure;
  const [countBytes, entryBytes, offsetBytes] = directorySizes(isBig);
  let pages = 0;
  for (let at = structure.first; at > 0 && at < bytes.sizeBytes && pages < enough; pages += 1) {
    const next = at + countBytes + number(read(at, countBytes), 0, countBytes) * entryBytes;
    at = number(read(next, offsetBytes), 0, offsetBytes);
  }
  return pages;
}

/** The first number of a tag; undefined where the directory does not have it. */
export function firstOf(directory: TiffDirectory | undefined, tag: number): number | undefined {
  return directory?.get(tag)?.[0];
}

/** The beginning of a TIFF structure. */
export interface TiffHead {
  isLittleEndian: boolean;
  /** Whether it is a BigTIFF. */
  isBig: boolean;
  /** Where its first directory begins, from the beginning of the structure. */
  first: number;
}

/** Reads the beginning of the TIFF structure at `start`; null where none is. What the file is too short for is zero. */
export function readTiffHead(bytes: PictureBytes, start: number): TiffHead | null {
  const head = readPadded(bytes, start, 16);
  const order = head.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return null;
  const isLittleEndian = order === 'II';
  // The number after the order is 42, 43 for BigTIFF, and another with some cameras.
  const isBig = readTiffNumber(head, 2, 2, isLittleEndian) === 43;
  const first = isBig ? readTiffNumber(head, 8, 8, isLittleEndian) : readTiffNumber(head, 4, 4, isLittleEndian);
  return { isLittleEndian, isBig, first };
}

/** Returns the bytes of a directory's count, of an entry, and of an offset. */
export function directorySizes(isBig: boolean): readonly [count: number, entry: number, offset: number] {
  return isBig ? [8, 20, 8] : [2, 12, 4];
}

/** Reads a whole number of 1, 2, 4 or 8 bytes. */
export function readTiffNumber(bytes: Buffer, at: number, size: number, isLittleEndian: boolean): number {
  if (size === 8) return Number(isLittleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return isLittleEndian ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
}

function readPadded(bytes: PictureBytes, at: number, length: number): Buffer {
  const found = bytes.read(at, length);
  return found.length === length ? found : Buffer.concat([found], length);
}

interface Structure {
  first: number;
  isBig: boolean;
  /** How many more numbers are read. */
  left: number;
  /** Reads at an offset of the structure; what is not there is zero. */
  read(offset: number, length: number): Buffer;
  /** A whole number of 1, 2, 4 or 8 bytes. */
  number(buffer: Buffer, at: number, size: number): number;
}

function openStructure(bytes: PictureBytes, start: number): Structure | null {
  const head = readTiffHead(bytes, start);
  if (head === null) return null;
  const { first, isBig, isLittleEndian } = head;
  return {
    first,
    isBig,
    left: maxValues,
    read: (offset, length) => readPadded(bytes, start + offset, length),
    number: (buffer, at, size) => readTiffNumber(buffer, at, size, isLittleEndian),
  };
}

function readDirectory(structure: Structure, at: number): { directory: TiffDirectory; next: number } {
  const { isBig, read, number } = structure;
  const [countBytes, entryBytes, offsetBytes] = directorySizes(isBig);
  const count = Math.min(number(read(at, countBytes), 0, countBytes), maxEntries);
  const body = read(at + countBytes, count * entryBytes + offsetBytes);
  const directory = new Map<number, readonly number[]>();
  for (let entry = 0; entry < count; entry++) {
    const start = entry * entryBytes;
    const values = readValues(structure, body.subarray(start, start + entryBytes));
    if (values.length > 0) directory.set(number(body, start, 2), values);
  }
  return { directory, next: number(body, count * entryBytes, offsetBytes) };
}

/** Bytes of a number, by the types of TIFF: BYTE, SHORT, LONG, IFD, LONG8, IFD8; of RATIONAL only the numerator counts. */
const sizes: Record<number, number | undefined> = { 1: 1, 3: 2, 4: 4, 5: 4, 13: 4, 16: 8, 18: 8 };
const rational = 5;

function readValues(structure: Structure, entry: Buffer): number[] {
  const { isBig, read, number } = structure;
  const type = number(entry, 2, 2);
  const size = sizes[type];
  const [field, offsetBytes] = isBig ? [12, 8] : [8, 4];
  const count = number(entry, 4, offsetBytes);
  if (size === undefined || count > structure.left) return [];
  structure.left -= count;
  const step = type === rational ? 8 : size;
  const isInline = count * step <= offsetBytes;
  const source = isInline ? entry.subarray(field) : read(number(entry, field, offsetBytes), count * step);
  return Array.from({ length: count }, (_, index) => number(source, index * step, size));
}
