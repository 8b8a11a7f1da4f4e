import type { PictureBytes } from './picture-bytes.ts';
import { sharp } from './sharp.ts';
import { firstOf, readTiffDirectories, tiffTags, type TiffDirectory } from './tiff-directories.ts';

/** What a camera's own format says of the picture; null where it does not say it. */
export interface RawHeader {
  /** The size of the picture that the sensor took, before it is turned; null where the header does not have it. */
  size: { width: number; height: number } | null;
  /** How it is to be turned, 1 to 8 as in EXIF. */
  orientation: number | null;
}

/** Reads what the headers of a RAW file say; a few kilobytes of it. */
export async function readRawHeader(bytes: PictureBytes): Promise<RawHeader> {
  const head = bytes.read(0, headBytes);
  if (head.toString('latin1', 0, 8) === 'FUJIFILM') return readFuji(bytes, head);
  // In newer files of Canon, which are built like films, a box has the directory.
  const box = head.indexOf('CMT1');
  const directories = readTiffDirectories(bytes, box === -1 ? 0 : box + 4);
  const orientation = firstOf(directories[0], tiffTags.orientation) ?? null;
  return { size: findSensorSize(directories), orientation: isOrientation(orientation) ? orientation : null };
}

const headBytes = 64 * 1024;

type Size = RawHeader['size'];

/** Photometric interpretations of what comes from a sensor: a colour filter array, and linear data of DNG. */
const sensorKinds = new Set([32_803, 34_892]);
const [exifWidth, exifHeight, cropSize] = [0xa002, 0xa003, 0xc620];
/** Sides of the used part of Panasonic's sensors: top, left, bottom, right. */
const panasonicBorders = [4, 5, 6, 7];

function findSensorSize(directories: readonly TiffDirectory[]): Size {
  const [first] = directories;
  const [top, left, bottom, right] = panasonicBorders.map((tag) => firstOf(first, tag));
  if (right && bottom) return sizeOf(right - (left ?? 0), bottom - (top ?? 0));
  const sensor = largest(directories.filter((one) => sensorKinds.has(firstOf(one, tiffTags.photometric) ?? 0)));
  return sensor ?? largest(directories);
}

function largest(directories: readonly TiffDirectory[]): Size {
  const sizes = directories.flatMap((one) => [
    croppedSize(one) ?? sizeOf(firstOf(one, tiffTags.width), firstOf(one, tiffTags.height)),
    sizeOf(firstOf(one, exifWidth), firstOf(one, exifHeight)),
  ]);
  return sizes.reduce((best, size) => (areaOf(size) > areaOf(best) ? size : best), null);
}

/** DNG has the part of the sensor's picture that is meant to be seen. */
function croppedSize(directory: TiffDirectory): Size {
  const [width, height] = directory.get(cropSize) ?? [];
  const [outerWidth = 0, outerHeight = 0] = [tiffTags.width, tiffTags.height].map((tag) => firstOf(directory, tag));
  return width !== undefined && height !== undefined && width <= outerWidth && height <= outerHeight
    ? sizeOf(width, height)
    : null;
}

/** RAF: a JPEG first, with the EXIF, then a list of records in big-endian order. */
async function readFuji(bytes: PictureBytes, head: Buffer): Promise<RawHeader> {
  const [jpegAt, , recordsAt] = [84, 88, 92].map((at) => (head.length >= at + 4 ? head.readUInt32BE(at) : 0));
  const jpeg = bytes.read(jpegAt ?? 0, headBytes);
  const { orientation = null } = await sharp(jpeg, { limitInputPixels: false })
    .metadata()
    .catch(() => ({ orientation: null })); // it has no preview, or the head of one is longer
  const records = bytes.read(recordsAt ?? 0, headBytes);
  let size: Size = null;
  const count = records.length >= 4 ? records.readUInt32BE(0) : 0;
  for (let at = 4, seen = 0; seen < count && at + 8 <= records.length; seen++) {
    const tag = records.readUInt16BE(at);
    // The full size comes first, then that of the part which is meant to be seen.
    if (fujiSizes.has(tag)) size = sizeOf(records.readUInt16BE(at + 6), records.readUInt16BE(at + 4)) ?? size;
    at += 4 + records.readUInt16BE(at + 2);
  }
  return { size, orientation };
}

const fujiSizes = new Set([0x0100, 0x0111]);

function sizeOf(width: number | undefined, height: number | undefined): Size {
  return width && height && width > 0 && height > 0 && Math.max(width, height) <= maxSide ? { width, height } : null;
}

function areaOf(size: Size): number {
  return size === null ? 0 : size.width * size.height;
}

function isOrientation(value: number | null): boolean {
  return value !== null && value >= 1 && value <= 8;
}

const maxSide = 65_535;
