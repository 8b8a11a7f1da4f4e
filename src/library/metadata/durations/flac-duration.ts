import type { OpenMediaFile } from '../open-media-file.ts';
import { createByteWindow, skipTags } from './byte-window.ts';
import type { FoundDuration } from './count-frames.ts';

/** The frames of the last stretch of a file; a frame has seldom more than 64 KiB. */
const tailBytes = 256 * 1024;

interface FlacFrame {
  /** The number of its first sample. */
  firstSample: number;
  samples: number;
}

/**
 * Returns the duration of a FLAC whose header does not say it, as of one that was written into a pipe, by the number of
 * its last frame (RFC 9639 section 9.1). Null where no such frame is found.
 */
export function findFlacDuration(file: OpenMediaFile): FoundDuration | null {
  const window = createByteWindow(file);
  const start = skipTags(window);
  const head = window.at(start, 4 + 4 + 18);
  if (head?.toString('latin1', 0, 4) !== 'fLaC') return null;
  const blockSamples = head.readUInt16BE(8 + 2);
  const rate = head.readUIntBE(8 + 10, 3) >> 4;
  if (rate === 0) return null;
  const tailStart = Math.max(start, file.sizeBytes - tailBytes);
  const tail = window.at(tailStart, file.sizeBytes - tailStart);
  const last = tail && findLastFrame(tail, blockSamples);
  return last === null ? null : { seconds: (last.firstSample + last.samples) / rate, basis: 'counted' };
}

/** Finds the last frame that continues another one: compressed sound has bytes that look like a frame, too. */
function findLastFrame(tail: Buffer, blockSamples: number): FlacFrame | null {
  const ends = new Set<number>();
  let last: FlacFrame | null = null;
  let only: FlacFrame | null = null;
  for (let position = tail.indexOf(0xff); position !== -1; position = tail.indexOf(0xff, position + 1)) {
    const frame = parseFrame(tail, position, blockSamples);
    if (frame === null) continue;
    if (frame.firstSample === 0) only = frame;
    if (ends.has(frame.firstSample)) last = frame;
    ends.add(frame.firstSample + frame.samples);
  }
  return last ?? only;
}

function parseFrame(bytes: Buffer, start: number, blockSamples: number): FlacFrame | null {
  const [, second = 0, third = 0, fourth = 0] = bytes.subarray(start, start + 4);
  if ((second & 0xfe) !== 0xf8 || (fourth & 1) !== 0 || fourth >> 4 > 10) return null;
  const number = readCodedNumber(bytes, start + 4);
  if (number === null) return null;
  const sizeCode = third >> 4;
  const rateCode = third & 0x0f;
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0;
  const end = number.end + sizeBytes + rateBytes;
  if (sizeCode === 0 || rateCode === 15 || end >= bytes.length || crc8(bytes.subarray(start, end)) !== bytes[end]) {
    return null;
  }
  const samples = samplesOf(sizeCode, sizeBytes === 0 ? 0 : bytes.readUIntBE(number.end, sizeBytes));
  const hasSampleNumber = (second & 1) === 1;
  return { firstSample: hasSampleNumber ? number.value : number.value * blockSamples, samples };
}

function samplesOf(code: number, given: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 576 << (code - 2);
  return code <= 7 ? given + 1 : 256 << (code - 8);
}

/** Reads a number of up to 36 bits in the manner of UTF-8. */
function readCodedNumber(bytes: Buffer, start: number): { value: number; end: number } | null {
  const first = bytes[start];
  if (first === undefined || first === 0xff || (first & 0xc0) === 0x80) return null;
  if (first < 0x80) return { value: first, end: start + 1 };
  const length = Math.clz32(~(first << 24));
  let value = first & (0x7f >> length);
  for (const byte of bytes.subarray(start + 1, start + length)) {
    if ((byte & 0xc0) !== 0x80) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, end: start + length };
}

function crc8(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff;
  }
  return crc;
}
