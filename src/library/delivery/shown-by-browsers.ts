/** What is known of an image's file. */
interface DisplayedFile {
  mimeType: string | null;
  sizeBytes: bigint;
  /** Pixels as displayed; null until the headers were read, and where they could not be. */
  width: number | null;
  height: number | null;
  technicalMetadata: unknown;
}

/**
 * Whether every current browser shows the file itself, upright and in its colours: a JPEG, PNG, WebP, GIF or AVIF by its
 * content, not its name, of a size that a page can hold. A drawing (SVG) is a program, and never shown as it is.
 */
export function isShownByBrowsers({ mimeType, sizeBytes, width, height, technicalMetadata }: DisplayedFile): boolean {
  if (width === null || height === null || sizeBytes > maxBytes) return false;
  if (width * height > maxPixels || Math.max(width, height) > maxSide) return false;
  // Browsers look into pictures whatever their type says, except where that is a drawing's, or no picture's.
  if (mimeType === null || !mimeType.startsWith('image/') || mimeType.startsWith('image/svg')) return false;
  const header = (technicalMetadata ?? {}) as PictureFacts;
  // A note says why it is not decoded here: more scans or pixels than there should be.
  if (header.kind !== 'picture' || (header.notes ?? []).length > 0) return false;
  return isKnownFormat(header);
}

function isKnownFormat({ format, compression, colourSpace, bitDepth, orientation }: PictureFacts): boolean {
  // Browsers show other colours than those of print, and none of 12 bits.
  if (format === 'jpeg') return colourSpace !== 'cmyk' && bitDepth === 8;
  // Not every browser turns the others by their tags.
  if ((orientation ?? 1) !== 1) return false;
  if (format === 'heif') return compression === 'av1';
  return format === 'png' || format === 'webp' || format === 'gif';
}

/** The part of a picture's technical metadata that counts here. */
interface PictureFacts {
  kind?: string;
  format?: string;
  compression?: string | null;
  colourSpace?: string | null;
  bitDepth?: number | null;
  orientation?: number | null;
  notes?: readonly string[];
}

/** A phone in its browser holds 200 MB of pixels; what weighs more takes long to come. */
const maxPixels = 50_000_000;
const maxBytes = 20 * 2 ** 20;
/** The largest side of a WebP, and of what graphics cards hold. */
const maxSide = 16_383;
