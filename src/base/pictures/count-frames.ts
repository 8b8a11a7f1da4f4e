import type { PictureBytes } from './picture-bytes.ts';
import { countTiffPages } from './tiff-directories.ts';

/** Ten minutes of an animation, or a bound archive of scanned pages. libvips goes through all of them for the header. */
const maxFrames = 20_000;

/** Returns that there are too many frames in a GIF or WebP, or pages in a TIFF; null where there are not. */
export function findTooManyFrames(bytes: PictureBytes, head: string): string | null {
  const count = counterOf(head);
  if (count === null || count(bytes, maxFrames + 1) <= maxFrames) return null;
  return `it has more than ${maxFrames} frames or pages; at most so many are read.`;
}

/** Counts frames, no more than `enough`. */
type Counter = (bytes: PictureBytes, enough: number) => number;

function counterOf(head: string): Counter | null {
  if (head.startsWith('GIF8')) return countGifFrames;
  if (/^RIFF.{4}WEBP/s.test(head)) return countWebpFrames;
  return /^(?:II|MM)/.test(head) ? countTiffPages : null;
}

/** A frame is a chunk of an animation. */
function countWebpFrames(bytes: PictureBytes, enough: number): number {
  let frames = 0;
  for (let at = 12; frames < enough;) {
    const head = bytes.read(at, 8);
    if (head.length < 8) break;
    if (head.toString('latin1', 0, 4) === 'ANMF') frames += 1;
    const length = head.readUInt32LE(4);
    at += 8 + length + (length % 2);
  }
  return frames;
}

const windowBytes = 256 * 1024;

/** How many bytes a table of colours has, by the flags before it. */
function colours(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The blocks of a GIF say how long they are, so its pixels are passed by; they are read a window at a time. */
function countGifFrames(bytes: PictureBytes, enough: number): number {
  let window = bytes.read(0, windowBytes);
  let start = 0;
  const byte = (at: number): number => {
    if (at < start || at >= start + window.length) [window, start] = [bytes.read(at, windowBytes), at];
    return window[at - start] ?? 0;
  };
  const skipBlocks = (from: number) => {
    let at = from;
    for (let length = byte(at); length > 0; length = byte(at)) at += 1 + length;
    return at + 1;
  };
  let frames = 0;
  for (let at = 13 + colours(byte(10)); at < bytes.sizeBytes && frames < enough;) {
    const kind = byte(at);
    if (kind === 0x21) at = skipBlocks(at + 2);
    else if (kind === 0x2c) {
      frames += 1;
      at = skipBlocks(at + 10 + colours(byte(at + 9)) + 1);
    } else break; // the end, or what is no block
  }
  return frames;
}
