import { UnreadableImageError } from '../errors/domain-error.ts';
import type { PictureBytes } from './picture-bytes.ts';
import { firstOf, readTiffDirectories, tiffTags, type TiffDirectory } from './tiff-directories.ts';

const packBits = 32_773;

/**
 * Throws UnreadableImageError where a strip of a TIFF in PackBits does not unpack to its pixels. libtiff drops what is too
 * much, and goes on with pixels that stand in the wrong place.
 */
export function checkPackBits(bytes: PictureBytes): void {
  const [page] = readTiffDirectories(bytes);
  const offsets = page?.get(tiffTags.stripOffsets);
  const counts = page?.get(tiffTags.stripByteCounts);
  if (page === undefined || firstOf(page, tiffTags.compression) !== packBits || !offsets || !counts) return;
  for (const [index, offset] of offsets.entries()) {
    const strip = bytes.read(offset, counts[index] ?? 0);
    if (unpacksTo(strip, unpackedBytes(page, index))) continue;
    throw new UnreadableImageError(
      `it is damaged: part ${index + 1} of ${offsets.length} does not unpack to its pixels.`,
    );
  }
}

/** A number below 128 announces so many bytes and one, one above it the next byte so often; 128 is nothing. */
function unpacksTo(strip: Buffer, wanted: number): boolean {
  let unpacked = 0;
  for (let at = 0; unpacked < wanted;) {
    const head = strip[at];
    if (head === undefined) return false;
    if (head < 128) {
      unpacked += head + 1;
      at += head + 2;
    } else if (head > 128) {
      unpacked += 257 - head;
      at += 2;
    } else {
      at += 1;
    }
    if (at > strip.length) return false;
  }
  return unpacked === wanted;
}

const [bitsPerSample, samplesPerPixel, rowsPerStrip, planarConfiguration] = [0x0102, 0x0115, 0x0116, 0x011c];

function unpackedBytes(page: TiffDirectory, index: number): number {
  const width = firstOf(page, tiffTags.width) ?? 0;
  const height = firstOf(page, tiffTags.height) ?? 0;
  const isPlanar = firstOf(page, planarConfiguration) === 2;
  const samples = isPlanar ? 1 : (firstOf(page, samplesPerPixel) ?? 1);
  const rows = Math.max(1, Math.min(firstOf(page, rowsPerStrip) ?? height, height));
  const strips = Math.ceil(height / rows);
  const rowBytes = Math.ceil((width * samples * (firstOf(page, bitsPerSample) ?? 1)) / 8);
  return rowBytes * Math.min(rows, height - (index % strips) * rows);
}
