import { gunzipSync } from 'node:zlib';
import type { PictureBytes } from './picture-bytes.ts';

/** No more of a drawing is given to its decoder, and none that grows beyond it. */
const maxMarkupBytes = 16 * 1024 * 1024;

/** Inflates a drawing that is compressed as a whole (SVGZ); null where it cannot be inflated. */
export function inflateDrawing(bytes: PictureBytes): { markup: Buffer | null; excess: string | null } {
  try {
    const markup = gunzipSync(bytes.read(0, maxMarkupBytes), { maxOutputLength: maxMarkupBytes });
    return { markup, excess: null };
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const excess = `it is a drawing that grows beyond ${maxMarkupBytes} bytes when it is inflated; at most so many are read.`;
    return { markup: null, excess: isTooLong ? excess : null };
  }
}

/**
 * Returns the markup of a drawing, for a search: the signs of ASCII as they are, whatever others have become. Without
 * their zeros, wide encodings have the same ones.
 */
export function drawingText(bytes: PictureBytes): string {
  const isInflated = bytes.read(0, 2).equals(Buffer.from([0x1f, 0x8b]));
  const markup = isInflated ? inflateDrawing(bytes).markup : bytes.read(0, maxMarkupBytes);
  return (markup ?? Buffer.alloc(0)).toString('latin1').replaceAll('\0', '');
}
