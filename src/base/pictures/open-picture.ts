import { UnreadableImageError } from '../errors/domain-error.ts';
import { findDecodingExcess } from './examine-picture.ts';
import { decodeHeif } from './heif-decoder.ts';
import { decodeWithMagick } from './magick-decoder.ts';
import { orient, turnsSideways } from './orientation.ts';
import { bytesInMemory, type PictureBytes, readWhole } from './picture-bytes.ts';
import { PictureTooLargeError, toUnreadable, UnsuitablePictureError } from './picture-errors.ts';
import { maxDecodedBytes, maxRawBytes, type PictureHeader, readPictureHeader } from './picture-header.ts';
import { sharpOf } from './raw-pixels.ts';
import { findRawPreview } from './raw-preview.ts';
import { sharp, type Sharp } from './sharp.ts';
import { checkPackBits } from './tiff-packbits.ts';

interface Size {
  width: number;
  height: number;
}

/** A picture of which only the header has been read. */
export interface OpenPicture extends Size, Pick<PictureHeader, 'format' | 'hasAlpha'> {
  /** The size of what `decode` returns: smaller than the picture where that is only a camera's preview of it. */
  decoded: Size;
  /**
   * Returns the pixels, upright; those of the first frame where the picture moves. With `isTolerant` a photo that is cut
   * off gives what there is of it. Throws UnreadableImageError; libvips decodes, and fails, only when it writes.
   */
  decode(options?: { isTolerant?: boolean }): Promise<Sharp>;
}

export interface OpenOptions {
  /** A picture of more pixels is not decoded. */
  maxPixels: number;
  /** Whether the picture may be a drawing (SVG): a program rather than pixels. */
  acceptsDrawings?: boolean;
}

/**
 * Reads the header of a picture, for tiles, posters, proxies and tiers alike. Throws UnreadableImageError for what is no
 * picture, is not decoded here or has too many pixels, and UnsuitablePictureError for a drawing that is not accepted.
 */
export async function openPicture(
  bytes: PictureBytes,
  filename: string,
  { maxPixels, acceptsDrawings = true }: OpenOptions,
): Promise<OpenPicture> {
  const header = await readPictureHeader(bytes, filename);
  const { width, height, format, hasAlpha, obstacle } = header;
  if (format === 'svg' && !acceptsDrawings) throw new UnsuitablePictureError(format);
  if (obstacle !== null) throw new UnreadableImageError(obstacle);
  if (header.decoder === 'preview') return openRaw(bytes, header, maxPixels);
  checkPixels(header, maxPixels);
  return {
    width,
    height,
    format,
    hasAlpha,
    decoded: { width, height },
    decode: ({ isTolerant = false } = {}) => decode(bytes, header, { maxPixels, isTolerant }),
  };
}

async function decode(
  bytes: PictureBytes,
  { decoder, format, orientation, icc }: PictureHeader,
  { maxPixels, isTolerant }: { maxPixels: number; isTolerant: boolean },
): Promise<Sharp> {
  if (decoder === 'libheif') return sharpOf({ ...(await decodeHeif(readWhole(bytes, maxDecodedBytes))), icc });
  if (decoder !== 'libvips' && decoder !== 'preview') {
    const pixels = await decodeWithMagick(readWhole(bytes, maxDecodedBytes), decoder, maxPixels);
    return orient(await sharpOf(pixels), orientation ?? 1);
  }
  if (format === 'tiff') checkPackBits(bytes);
  // Where libtiff meets damage it goes on, with black in the place of what is missing.
  const strict = format === 'tiff' ? 'error' : 'truncated';
  const failOn = isTolerant && format !== 'tiff' ? 'none' : strict;
  return sharp(takeInput(bytes), { limitInputPixels: maxPixels, failOn }).autoOrient();
}

/** Of a camera's own format the largest preview is decoded; its size says nothing of the picture's. */
async function openRaw(bytes: PictureBytes, { width, height }: Size, maxPixels: number): Promise<OpenPicture> {
  const { jpeg, orientation, ...stored } = await findRawPreview(readWhole(bytes, maxRawBytes));
  checkPixels(stored, maxPixels);
  const excess = findDecodingExcess(bytesInMemory(jpeg), { format: 'jpeg', ...stored });
  if (excess !== null) throw new UnreadableImageError(excess);
  const decoded = turnsSideways(orientation) ? { width: stored.height, height: stored.width } : stored;
  return {
    width,
    height,
    format: 'raw',
    hasAlpha: false,
    decoded,
    decode: async ({ isTolerant = false } = {}) =>
      orient(sharp(jpeg, { limitInputPixels: maxPixels, failOn: isTolerant ? 'none' : 'truncated' }), orientation),
  };
}

function checkPixels({ width, height }: Size, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new UnreadableImageError(
    `it has ${width} x ${height} pixels, and more than ${maxPixels} are not decoded (IMAGE_MAX_PIXELS).`,
  );
}

function takeInput(bytes: PictureBytes): string | Buffer {
  try {
    return bytes.input();
  } catch (error) {
    throw error instanceof PictureTooLargeError ? toUnreadable(error) : error;
  }
}
