import { findDrawingExcess } from './examine-drawing.ts';
import { findJpegExcess } from './examine-jpeg.ts';
import { findPngExcess } from './examine-png.ts';
import { findTooManyFrames } from './count-frames.ts';
import { inflateDrawing } from './drawing-text.ts';
import type { PictureBytes } from './picture-bytes.ts';

/**
 * Returns why the very header of a picture takes too long to be read, and nothing of it is to be decoded; null for all
 * others. It looks at the bytes alone, before any decoder does, and at no more of them than its own limits say.
 */
export function findHeaderExcess(bytes: PictureBytes): string | null {
  const head = bytes.read(0, 16).toString('latin1');
  if (head.startsWith('\x89PNG')) return findPngExcess(bytes);
  if (head.startsWith('\x1f\x8b')) return inflateDrawing(bytes).excess;
  return findTooManyFrames(bytes, head);
}

/**
 * Returns why a picture takes too long to be decoded, though its header can be read; null for all others. Decoders take
 * a small file of some kinds for minutes: they go through the whole picture for each scan of a JPEG, each filter of a
 * drawing.
 */
export function findDecodingExcess(
  bytes: PictureBytes,
  { format, width, height }: { format: string; width: number; height: number },
): string | null {
  if (format === 'jpeg') return findJpegExcess(bytes);
  return format === 'svg' ? findDrawingExcess(bytes, width * height) : null;
}
