import type { PictureBytes } from './picture-bytes.ts';
import { firstOf, readTiffDirectories, tiffTags } from './tiff-directories.ts';

/**
 * Returns why a TIFF cannot be decoded here, as far as its first directory tells; null where nothing stands in the way.
 * libtiff says nothing of a compression that it was built without before it decodes.
 */
export function findTiffObstacle(bytes: PictureBytes): string | null {
  const [page] = readTiffDirectories(bytes);
  const compression = firstOf(page, tiffTags.compression) ?? 1;
  if (decoded.has(compression)) return null;
  const name = otherCompressions.get(compression) ?? `the compression ${compression}`;
  return `it is a TIFF in ${name}, which is not decoded here; one in LZW or Deflate is.`;
}

/** Whether pixels of the first page lie behind the end of the file. */
export function isTiffCutOff(bytes: PictureBytes): boolean {
  const [page] = readTiffDirectories(bytes);
  const offsets = page?.get(tiffTags.tileOffsets) ?? page?.get(tiffTags.stripOffsets) ?? [];
  const counts = page?.get(tiffTags.tileByteCounts) ?? page?.get(tiffTags.stripByteCounts) ?? [];
  return offsets.some((offset, index) => offset + (counts[index] ?? 1) > bytes.sizeBytes);
}

/** None, CCITT in three forms, LZW, JPEG in two, Deflate in two, PackBits, and the old ones; WebP. */
const decoded: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 32_766, 32_771, 32_773, 32_809, 32_909, 32_946, 34_676, 34_677, 50_001,
]);

const otherCompressions = new Map([
  [33_003, 'JPEG 2000'],
  [33_005, 'JPEG 2000'],
  [34_661, 'JBIG'],
  [34_712, 'JPEG 2000'],
  [34_887, 'LERC'],
  [34_925, 'LZMA'],
  [50_000, 'ZSTD'],
  [50_002, 'JPEG XL'],
  [52_546, 'JPEG XL'],
]);
