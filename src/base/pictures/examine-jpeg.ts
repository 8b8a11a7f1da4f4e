import type { PictureBytes } from './picture-bytes.ts';

/** Encoders write ten scans, and up to some dozens where somebody tunes them. */
const maxScans = 100;

/** Colour profiles and depth maps come in parts of 64 KiB, of which there are some hundreds. */
const maxSegments = 10_000;

/** Returns what a JPEG has too much of; null where it has not. */
export function findJpegExcess(bytes: PictureBytes): string | null {
  const first = findFirstScan(bytes);
  if (first === 'too many segments') {
    return `it is a JPEG with more than ${maxSegments} segments before its pixels; at most so many are read.`;
  }
  if (first === null || !first.mayHaveMore || countScans(bytes, first.at) <= maxScans) return null;
  return `it is a JPEG with more than ${maxScans} scans, each of which takes a decoder through the whole picture; save it with fewer.`;
}

/** The first scan's place; null for what is no JPEG. More follow it if it is progressive, or not of all components. */
function findFirstScan(bytes: PictureBytes): { at: number; mayHaveMore: boolean } | 'too many segments' | null {
  let components = 0;
  let isProgressive = false;
  let at = 2;
  for (let segments = 0; segments <= maxSegments; segments += 1) {
    const head = bytes.read(at, 10);
    const marker = head[1] ?? 0;
    if (head.length < 5 || head[0] !== 0xff) return null;
    // Markers may be filled up with 0xff in front, and a few have no length.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === startOfScan) return { at, mayHaveMore: isProgressive || (head[4] ?? 0) < components };
    else {
      if (isStartOfFrame(marker)) {
        isProgressive = (marker & 0x03) === 0x02;
        components = head[9] ?? 0;
      }
      at += 2 + head.readUInt16BE(2);
    }
  }
  return 'too many segments';
}

const [startOfScan, endOfImage] = [0xda, 0xd9];

/** 0xc4, 0xc8 and 0xcc are tables. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

const chunkBytes = 256 * 1024;

/**
 * Counts the scans from the first one on, up to one more than the limit. Their marker cannot come by chance in the
 * compressed data, which has a zero behind each 0xff. Behind the end of the picture other pictures may follow.
 */
function countScans(bytes: PictureBytes, start: number): number {
  let scans = 0;
  for (let position = start; position < bytes.sizeBytes; position += chunkBytes) {
    // One byte of the next chunk belongs to a marker at the end of this one.
    const chunk = bytes.read(position, chunkBytes + 1);
    for (let at = chunk.indexOf(0xff); at !== -1 && at < chunkBytes; at = chunk.indexOf(0xff, at + 1)) {
      const marker = chunk[at + 1];
      if (marker === endOfImage) return scans;
      if (marker === startOfScan && (scans += 1) > maxScans) return scans;
    }
  }
  return scans;
}
