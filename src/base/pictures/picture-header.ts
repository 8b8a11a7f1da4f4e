import { UnreadableImageError } from '../errors/domain-error.ts';
import { findDecodingExcess, findHeaderExcess } from './examine-picture.ts';
import { readJpeg2000Area } from './jpeg2000-area.ts';
import { readMagickHeader, type MagickFormat } from './magick-decoder.ts';
import { turnsSideways } from './orientation.ts';
import { type PictureBytes, readWhole } from './picture-bytes.ts';
import { PictureTooLargeError, toUnreadable } from './picture-errors.ts';
import { readRawHeader } from './raw-header.ts';
import { isRawName } from './raw-name.ts';
import { findRawPreview } from './raw-preview.ts';
import { rasterFormats, sharp, type Metadata } from './sharp.ts';
import { sniffedBytes, sniffMagickFormat, sniffSequence } from './sniff-format.ts';
import { findTiffObstacle } from './tiff-obstacle.ts';

/** What the header of a picture says; nothing of it has been decoded. */
export interface PictureHeader {
  /** Width and height of the picture as it is shown, upright. */
  width: number;
  height: number;
  /** The format by libvips' name, such as `jpeg`; `raw` for a camera's own. */
  format: string;
  /** The compression inside a container of several, such as `hevc`. */
  compression: string | null;
  colourSpace: string | null;
  bitDepth: number | null;
  hasAlpha: boolean;
  /** Frames of an animation, pages of a TIFF. */
  pages: number;
  /** Pixels per inch. */
  density: number | null;
  /** How the stored pixels are turned, 1 to 8 as in EXIF; null where they need not be, or turn by themselves. */
  orientation: number | null;
  /** What decodes it. */
  decoder: 'libvips' | 'libheif' | 'preview' | MagickFormat;
  /** The colour profile, where the decoder does not give it. */
  icc: Buffer | null;
  /** The blocks of tags, as they are stored, where the decoder gives them. */
  embedded: EmbeddedBlocks | null;
  /** Why it is not decoded though its header can be read; null where nothing is known to stand in the way. */
  obstacle: string | null;
}

/** Blocks that say what a picture is of; null for one that it does not have. */
interface EmbeddedBlocks {
  exif: Buffer | null;
  xmp: Buffer | null;
  iptc: Buffer | null;
}

const megabyte = 1024 * 1024;
/** The most bytes of a file whose decoder needs all of them in memory. */
export const maxDecodedBytes = 128 * megabyte;
export const maxRawBytes = 512 * megabyte;

/**
 * Reads the header of a picture of any format that is known here. The name tells a camera's own format, whose bytes pass
 * for a TIFF. Throws UnreadableImageError for what is no picture.
 */
export async function readPictureHeader(bytes: PictureBytes, filename: string): Promise<PictureHeader> {
  if (bytes.sizeBytes === 0) throw new UnreadableImageError('the file has no bytes.');
  if (isRawName(filename)) return readRaw(bytes);
  const head = bytes.read(0, sniffedBytes);
  const format = sniffMagickFormat(head);
  if (format !== null) return readMagick(bytes, format);
  const excess = findHeaderExcess(bytes);
  if (excess !== null) throw new UnreadableImageError(excess);
  const sequence = sniffSequence(head);
  try {
    return describe(await readVips(bytes), bytes);
  } catch (error) {
    if (sequence === null) throw error;
    return readMagick(bytes, sequence).catch(() => {
      throw error;
    });
  }
}

const unknown = {
  compression: null,
  colourSpace: null,
  bitDepth: null,
  pages: 1,
  density: null,
  icc: null,
  embedded: null,
};

async function readRaw(bytes: PictureBytes): Promise<PictureHeader> {
  const { size, orientation } = await readRawHeader(bytes);
  const common = { ...unknown, format: 'raw', hasAlpha: false, decoder: 'preview', obstacle: null } as const;
  if (size !== null) return { ...common, ...turn(size, orientation), orientation };
  const preview = await findRawPreview(readWhole(bytes, maxRawBytes));
  return { ...common, ...turn(preview, preview.orientation), orientation: preview.orientation };
}

/** The first bytes are enough for most headers. */
const headBytes = 256 * 1024;

async function readMagick(bytes: PictureBytes, format: MagickFormat): Promise<PictureHeader> {
  const head = bytes.read(0, headBytes);
  const header = await readMagickHeader(head, format).catch((error: unknown) => {
    if (bytes.sizeBytes <= headBytes) throw error;
    return readMagickHeader(readWhole(bytes, maxDecodedBytes), format);
  });
  const { hasAlpha, colourSpace } = header;
  // HEIF says by itself how to turn, and its decoder has done it.
  const orientation = format === 'JXL' && header.orientation > 1 ? header.orientation : null;
  const area = format === 'JP2' || format === 'J2K' ? readJpeg2000Area(head) : null;
  const size = area === null ? header : { width: area.right - area.left, height: area.bottom - area.top };
  return {
    ...unknown,
    ...turn(size, orientation),
    ...names[format],
    hasAlpha,
    colourSpace,
    orientation,
    decoder: format,
    obstacle: null,
  };
}

const names: Record<MagickFormat, Pick<PictureHeader, 'format' | 'compression'>> = {
  AVIF: { format: 'heif', compression: 'av1' },
  BMP: { format: 'bmp', compression: null },
  HEIC: { format: 'heif', compression: 'hevc' },
  J2K: { format: 'jp2', compression: null },
  JP2: { format: 'jp2', compression: null },
  JXL: { format: 'jxl', compression: null },
};

async function readVips(bytes: PictureBytes): Promise<Metadata> {
  try {
    return await sharp(bytes.headerInput(), { limitInputPixels: false }).metadata();
  } catch (error) {
    throw error instanceof PictureTooLargeError ? error : toUnreadable(error);
  }
}

function describe(metadata: Metadata, bytes: PictureBytes): PictureHeader {
  const { format, compression, autoOrient, hasAlpha, density, orientation, icc, exif, xmp, iptc } = metadata;
  if (!rasterFormats.has(format) && format !== 'svg') {
    throw new UnreadableImageError(`it is in the format "${format}", which is not decoded here.`);
  }
  return {
    ...autoOrient,
    format,
    compression: compression ?? null,
    colourSpace: metadata.space,
    bitDepth: metadata.bitsPerSample ?? bitsOf[metadata.depth] ?? null,
    hasAlpha,
    pages: metadata.pages ?? 1,
    density: density ?? null,
    orientation: orientation ?? null,
    decoder: compression === 'hevc' ? 'libheif' : 'libvips',
    icc: icc ?? null,
    embedded: { exif: exif ?? null, xmp: xmp ?? null, iptc: iptc ?? null },
    obstacle: format === 'tiff' ? findTiffObstacle(bytes) : findDecodingExcess(bytes, { format, ...autoOrient }),
  };
}

/** JPEG has no bits per sample of its own; the band format of libvips says how many there are. */
const bitsOf: Record<string, number | undefined> = { uchar: 8, ushort: 16, float: 32 };

function turn({ width, height }: { width: number; height: number }, orientation: number | null) {
  return orientation !== null && turnsSideways(orientation) ? { width: height, height: width } : { width, height };
}
