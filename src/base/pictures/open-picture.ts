import type { FileHandle } from 'node:fs/promises';
import type { OpenedFile } from '../files/open-inside.ts';
import { UnreadableImageError } from '../errors/domain-error.ts';
import { PictureTooLargeError, toUnreadable } from './picture-errors.ts';
import { pictureInput } from './picture-input.ts';
import { rasterFormats, sharp, type Metadata, type Sharp, type SharpInput } from './sharp.ts';
import { addIccProfile, decodeHeif, type RgbaPixels } from './heif-decoder.ts';
import { orient, turnsSideways } from './orientation.ts';
import { findRawPreview, isRawName } from './raw-preview.ts';

/** A picture of which only the header has been read. */
export interface OpenPicture {
  /** Width and height of the picture as it is shown, upright. */
  width: number;
  height: number;
  /** The format by libvips' name, such as `jpeg`; `raw` for the preview inside a camera's own format. */
  format: string;
  hasAlpha: boolean;
  /** Returns the pixels, upright; those of the first frame where the picture moves. */
  decode(): Promise<Sharp>;
}

/**
 * Reads the header of an open file. Throws UnreadableImageError for what is no picture, and for one of more than
 * `maxPixels`, of which nothing is decoded.
 */
export async function openPicture(
  { handle, stats }: OpenedFile,
  filename: string,
  maxPixels: number,
): Promise<OpenPicture> {
  if (stats.size === 0n) throw new UnreadableImageError('the file has no bytes.');
  if (isRawName(filename)) return openRaw(await readWhole(handle, stats.size, maxRawBytes), maxPixels);
  const input = takeInput({ handle, stats });
  const header = await readHeader(input);
  const { format, autoOrient, hasAlpha } = header;
  if (!rasterFormats.has(format) && format !== 'svg') {
    throw new UnreadableImageError(`it is in the format "${format}", which is not decoded here.`);
  }
  checkPixels(autoOrient, maxPixels);
  const decode =
    header.compression === 'hevc'
      ? async () => fromRgba(await decodeHeif(await readWhole(handle, stats.size, maxHeifBytes)), header.icc)
      : async () => sharp(input, { limitInputPixels: maxPixels, failOn: 'truncated' }).autoOrient();
  return { ...autoOrient, format, hasAlpha, decode };
}

const megabyte = 1024 * 1024;
const maxRawBytes = 512n * BigInt(megabyte);
const maxHeifBytes = 128n * BigInt(megabyte);

async function openRaw(bytes: Uint8Array, maxPixels: number): Promise<OpenPicture> {
  const { jpeg, orientation } = await findRawPreview(bytes);
  const { width, height } = await readHeader(jpeg);
  checkPixels({ width, height }, maxPixels);
  return {
    ...(turnsSideways(orientation) ? { width: height, height: width } : { width, height }),
    format: 'raw',
    hasAlpha: false,
    decode: async () => orient(sharp(jpeg, { limitInputPixels: maxPixels, failOn: 'truncated' }), orientation),
  };
}

/** libheif's pixels have lost their colour profile, so they travel on with it in a PNG that is not compressed. */
async function fromRgba({ data, width, height }: RgbaPixels, icc: Buffer | undefined): Promise<Sharp> {
  const pixels = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  if (icc === undefined) return pixels;
  return sharp(addIccProfile(await pixels.png({ compressionLevel: 0 }).toBuffer(), icc), { limitInputPixels: false });
}

async function readHeader(input: SharpInput): Promise<Metadata> {
  try {
    return await sharp(input, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw toUnreadable(error);
  }
}

function checkPixels({ width, height }: { width: number; height: number }, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new UnreadableImageError(
    `it has ${width} x ${height} pixels, and more than ${maxPixels} are not decoded (IMAGE_MAX_PIXELS).`,
  );
}

function takeInput({ handle, stats }: OpenedFile): string | Buffer {
  try {
    return pictureInput({ fd: handle.fd, sizeBytes: Number(stats.size) });
  } catch (error) {
    throw error instanceof PictureTooLargeError ? toUnreadable(error) : error;
  }
}

async function readWhole(handle: FileHandle, size: bigint, limit: bigint): Promise<Buffer> {
  if (size > limit) throw new UnreadableImageError(`it has ${size} bytes; of its format at most ${limit} are read.`);
  const bytes = Buffer.allocUnsafe(Number(size));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  return bytes.subarray(0, bytesRead);
}
