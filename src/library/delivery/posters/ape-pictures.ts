import { readSync } from 'node:fs';
import type { TaggedPicture } from './tagged-pictures.ts';

const edgeBytes = 32;
const id3v1Bytes = 128;

/**
 * Reads the pictures in the APEv2 tags at the end of a file, of which there may be several, one program's before
 * another's, and in one at its beginning: music-metadata reads the first one that it meets. No tag over `maxBytes` is
 * read, and no more than that in all.
 */
export function readApePictures(
  { fd, sizeBytes }: { fd: number; sizeBytes: number },
  maxBytes: number,
): TaggedPicture[] {
  const pictures: TaggedPicture[] = [];
  let leftBytes = maxBytes;
  const add = (start: number, length: number): void => {
    leftBytes -= length;
    const items = length > 0 && leftBytes >= 0 ? read(fd, start, length) : null;
    if (items !== null) pictures.push(...picturesOf(items));
  };
  const first = readEdge(fd, 0);
  if (first !== null) add(edgeBytes, Math.min(first, sizeBytes - edgeBytes));
  const hasId3v1 = read(fd, sizeBytes - id3v1Bytes, 3)?.toString('latin1') === 'TAG';
  for (let end = sizeBytes - (hasId3v1 ? id3v1Bytes : 0); leftBytes > 0;) {
    const size = readEdge(fd, end - edgeBytes);
    if (size === null || size < edgeBytes || size > end) break;
    add(end - size, size - edgeBytes);
    // The size leaves out the header, which a tag need not have.
    end -= size;
    if (readEdge(fd, end - edgeBytes) === size) end -= edgeBytes;
  }
  return pictures;
}

/** Reads the size in a header or footer; null where there is none. */
function readEdge(fd: number, position: number): number | null {
  const edge = read(fd, position, edgeBytes);
  return edge?.toString('latin1', 0, 8) === 'APETAGEX' ? edge.readUInt32LE(12) : null;
}

function read(fd: number, position: number, length: number): Buffer | null {
  if (position < 0) return null;
  const buffer = Buffer.alloc(length);
  return readSync(fd, buffer, 0, length, position) === length ? buffer : null;
}

/** An item has the length of its value, flags, a key that ends in NUL, and the value: a file name, NUL, the picture. */
function* picturesOf(items: Buffer): Generator<TaggedPicture> {
  for (let position = 0; position + 8 < items.length;) {
    const length = items.readUInt32LE(position);
    const keyEnd = items.indexOf(0, position + 8);
    if (keyEnd === -1) return;
    const shows = items.toString('latin1', position + 8, keyEnd);
    const value = items.subarray(keyEnd + 1, keyEnd + 1 + length);
    if (/^cover art/i.test(shows)) yield { bytes: value.subarray(value.indexOf(0) + 1), shows };
    position = keyEnd + 1 + length;
  }
}
