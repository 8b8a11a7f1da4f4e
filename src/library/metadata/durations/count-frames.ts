import type { OpenMediaFile } from '../open-media-file.ts';
import { type ByteWindow, createByteWindow, skipTags } from './byte-window.ts';
import { type FrameHeader, frameHeaderBytes, parseFrameHeader } from './frame-header.ts';

/** A duration that no header says. */
export interface FoundDuration {
  seconds: number;
  /** `estimated`: a part was counted, and the rest is taken to be like it. */
  basis: 'counted' | 'estimated';
}

interface CountLimits {
  maxBytes: number;
  maxMs: number;
}

/** More is estimated: an hour of MP3 at 192 kbit/s has 82 MiB. */
const usualLimits: CountLimits = { maxBytes: 96 * 1024 * 1024, maxMs: 5_000 };
/** What stands between two frames, or in front of the first, is skipped as far as this. */
const maxGapBytes = 1024 * 1024;
const framesBetweenClocks = 1_000;

/**
 * Adds up the frames of MPEG audio or ADTS, which is all that says how long such a file of changing bit rates is. Null
 * where there are none.
 */
export function countFrames(file: OpenMediaFile, limits: CountLimits = usualLimits): FoundDuration | null {
  const window = createByteWindow(file);
  const deadline = performance.now() + limits.maxMs;
  const first = findFrame(window, skipTags(window), null);
  if (first === null) return null;
  let position = first.position;
  let seconds = 0;
  for (let frames = 1; ; frames++) {
    const frame = frameAt(window, position, first.header.kind) ?? null;
    if (frame === null) {
      const next = findFrame(window, position, first.header.kind);
      // What follows the last frame are tags; a last frame that was cut off sounds too short to matter.
      if (next === null) return { seconds, basis: 'counted' };
      position = next.position;
      continue;
    }
    seconds += frame.seconds;
    position += frame.lengthBytes;
    const readBytes = position - first.position;
    const isLate = frames % framesBetweenClocks === 0 && performance.now() > deadline;
    if ((isLate || readBytes > limits.maxBytes) && position < window.sizeBytes) {
      return { seconds: (seconds * (window.sizeBytes - first.position)) / readBytes, basis: 'estimated' };
    }
  }
}

/** Where in a file of one bit rate frames of that rate are looked for. */
const spots = 16;
const maxSpotGapBytes = 8 * 1024;
/** A title in ID3v1 behind the last frames says too little to matter. */
const id3v1Bytes = 128;

/**
 * Whether the size of a file of MPEG audio tells its duration, or a header does: without one, readers take the bit rate
 * of the first frames for that of all, which a quiet beginning or a tag at the end makes wrong, by minutes where it is large.
 */
export function isOfConstantRate(file: OpenMediaFile): boolean {
  const window = createByteWindow(file);
  const first = findFrame(window, skipTags(window), null);
  if (first === null) return true;
  const { position, header } = first;
  const head = window.at(position, Math.min(header.lengthBytes, window.sizeBytes - position))?.toString('latin1') ?? '';
  if (/Xing|Info|VBRI/.test(head)) return true;
  const step = (window.sizeBytes - position) / (spots + 1);
  // A tag at the end may be smaller than a step.
  const tailBytes = 4 * header.lengthBytes + id3v1Bytes;
  if (findFrame(window, Math.max(position, window.sizeBytes - tailBytes), header.kind, tailBytes) === null)
    return false;
  return Array.from({ length: spots }, (_, index) => Math.floor(position + step * (index + 1))).every((spot) => {
    const found = findFrame(window, spot, header.kind, maxSpotGapBytes);
    // Frames of one rate differ by a slot of padding.
    return found !== null && Math.abs(found.header.lengthBytes - header.lengthBytes) <= 4;
  });
}

function frameAt(window: ByteWindow, position: number, kind: string | null): FrameHeader | null {
  const bytes = window.at(position, frameHeaderBytes);
  const header = bytes && parseFrameHeader(bytes);
  return header && (kind === null || header.kind === kind) ? header : null;
}

/** Finds the next frame that another one of its kind follows, or the end of the file: other bytes look like one, too. */
function findFrame(
  window: ByteWindow,
  from: number,
  kind: string | null,
  gapBytes = maxGapBytes,
): { position: number; header: FrameHeader } | null {
  for (let position = from; position < from + gapBytes; position++) {
    if (window.at(position, 1)?.[0] !== 0xff) {
      if (position >= window.sizeBytes) return null;
      continue;
    }
    const header = frameAt(window, position, kind);
    if (header === null) continue;
    const end = position + header.lengthBytes;
    if (end === window.sizeBytes || frameAt(window, end, header.kind) !== null) return { position, header };
  }
  return null;
}
