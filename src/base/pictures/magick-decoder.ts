import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as magickWasm from '@imagemagick/magick-wasm';
import type { IMagickImage } from '@imagemagick/magick-wasm';
import { UnreadableImageError } from '../errors/domain-error.ts';
import { readJpeg2000Area } from './jpeg2000-area.ts';
import { toUnreadable } from './picture-errors.ts';
import type { RawPixels } from './raw-pixels.ts';

/** What is read with this decoder, by ImageMagick's names. */
export type MagickFormat = 'AVIF' | 'BMP' | 'HEIC' | 'J2K' | 'JP2' | 'JXL';

interface MagickHeader {
  /** The size of the pixels as they are stored. */
  width: number;
  height: number;
  hasAlpha: boolean;
  colourSpace: string | null;
  /** How the pixels are to be turned, 1 to 8 as in EXIF. */
  orientation: number;
}

/** Reads the header of a picture, decoding nothing. Throws UnreadableImageError. */
export function readMagickHeader(bytes: Uint8Array, format: MagickFormat): Promise<MagickHeader> {
  return withImage((image, settings) => {
    image.ping(bytes, settings);
    const { width, height, hasAlpha, orientation } = image;
    return { width, height, hasAlpha, orientation, colourSpace: colourSpaces.get(image.colorSpace) ?? null };
  }, format);
}

/**
 * Decodes the first frame of a picture, as it is stored, to eight bits a channel. `maxPixels` bounds the memory.
 * Throws UnreadableImageError.
 */
export async function decodeWithMagick(bytes: Uint8Array, format: MagickFormat, maxPixels: number): Promise<RawPixels> {
  const decoded = await withImage((image, settings, { ResourceLimits, ColorSpace, ClassType }) => {
    // What does not fit would go to a disk, which is memory here.
    ResourceLimits.disk = 0n;
    ResourceLimits.memory = BigInt(maxPixels) * bytesPerPixel + spareBytes;
    const area = format === 'JP2' || format === 'J2K' ? readJpeg2000Area(bytes) : null;
    if (area !== null) Object.assign(settings, { width: area.right, height: area.bottom });
    image.read(bytes, settings);
    // A palette's numbers are no colours; profiles of inks or of greys do not fit what is made of them here.
    image.classType = ClassType.Direct;
    const isRgb = image.colorSpace === ColorSpace.sRGB || image.colorSpace === ColorSpace.RGB;
    const icc = isRgb ? image.getColorProfile()?.data : undefined;
    if (icc === undefined && image.colorSpace !== ColorSpace.Gray) image.colorSpace = ColorSpace.sRGB;
    return { ...copyPixels(image), icc: icc ? Uint8Array.from(icc) : null };
  }, format);
  // Memory of WebAssembly never shrinks, so what has grown is exchanged.
  if (decoded.width * decoded.height > maxKeptPixels) await initialise();
  return decoded;
}

const bytesPerPixel = 16n;
const spareBytes = 64n * 1024n * 1024n;
const maxKeptPixels = 8_000_000;

type Magick = typeof magickWasm;

let loading: Promise<{ magick: Magick; module: WebAssembly.Module }> | undefined;

/** The module has 15 megabytes of WebAssembly, so it is loaded only for such a picture. */
async function load() {
  const [magick, code] = await Promise.all([import('@imagemagick/magick-wasm'), readFile(codePath)]);
  const module = await WebAssembly.compile(code);
  await magick.initializeImageMagick(module);
  return { magick, module };
}

const codePath = createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm');

async function initialise(): Promise<void> {
  const { magick, module } = await (loading ??= load());
  await magick.initializeImageMagick(module);
}

async function withImage<T>(
  work: (image: IMagickImage, settings: InstanceType<Magick['MagickReadSettings']>, magick: Magick) => T,
  format: MagickFormat,
): Promise<T> {
  const { magick } = await (loading ??= load());
  // The format is named, so nothing is guessed: ImageMagick would know a hundred more.
  const settings = new magick.MagickReadSettings({ format, frameIndex: 0, frameCount: 1 });
  const image = magick.MagickImage.create();
  try {
    return work(image, settings, magick);
  } catch (error) {
    throw error instanceof UnreadableImageError ? error : toUnreadable(error);
  } finally {
    image.dispose();
  }
}

/** The channels of the module's memory, in their order: 0 to 2 are colours, 4 is alpha. */
const plainOrders = new Set(['0', '0,4', '0,1,2', '0,1,2,4']);

function copyPixels(image: IMagickImage): RawPixels {
  const { width, height, channels } = image;
  return image.getPixels((pixels) => {
    const stored = pixels.getReadOnlyArea(0, 0, width, height);
    // Where there are more channels than that, as with a palette or with inks, only the module can tell the colours.
    if (plainOrders.has(channels.join(',')) && stored.length === width * height * channels.length) {
      const data = Uint8Array.from(stored);
      return { data, width, height, channels: channels.length as RawPixels['channels'], icc: null };
    }
    const data = pixels.toByteArray(0, 0, width, height, 'RGBA');
    if (data === null) throw new UnreadableImageError('it has no pixels.');
    return { data, width, height, channels: 4, icc: null };
  });
}

/** ImageMagick's numbers of colour spaces, by libvips' names. */
const colourSpaces = new Map<number, string>([
  [2, 'cmyk'],
  [3, 'b-w'],
  [23, 'srgb'],
]);
