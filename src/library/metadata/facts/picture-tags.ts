import { brotliDecompressSync } from 'node:zlib';
import { bytesInMemory, type PictureBytes } from '../../../base/pictures/picture-bytes.ts';
import type { PictureHeader } from '../../../base/pictures/picture-header.ts';
import { sharp } from '../../../base/pictures/sharp.ts';
import { type Box, readBoxes } from './boxes.ts';
import { findJpegXmp, isExtendedXmp } from './jpeg-xmp.ts';
import { bytesOf, iptcTag, noTiffFacts, readTiffFacts, type TiffFacts, xmpTag } from './tiff-tags.ts';

/** The blocks of a picture that say what it is of; null for one that it does not have. */
export interface PictureTags {
  tiff: TiffFacts;
  xmp: Buffer | null;
  iptc: Buffer | null;
}

type Embedded = PictureHeader['embedded'];

/**
 * Finds EXIF, XMP and IPTC of a picture, whatever its format: as libvips gives them (JPEG, PNG, WebP, HEIF), in the
 * boxes of JPEG XL and JPEG 2000, or in the directories of TIFF and of cameras' own formats.
 */
export async function readPictureTags(
  bytes: PictureBytes,
  { format, embedded }: Pick<PictureHeader, 'embedded' | 'format'>,
): Promise<PictureTags> {
  switch (format) {
    case 'raw':
      return readRawTags(bytes);
    case 'tiff':
      return ofTiff(readTiffFacts(bytes), embedded);
    case 'jxl':
    case 'jp2':
      return readBoxedTags(bytes);
    case 'jpeg':
      return embedded?.xmp && isExtendedXmp(embedded.xmp)
        ? ofBlocks({ ...embedded, xmp: findJpegXmp(bytes) })
        : ofBlocks(embedded);
    default:
      return ofBlocks(embedded);
  }
}

/** The blocks of TIFF are tags of its first directory. */
function ofTiff(tiff: TiffFacts, embedded: Embedded = null): PictureTags {
  return { tiff, xmp: bytesOf(tiff.image, xmpTag) ?? embedded?.xmp ?? null, iptc: bytesOf(tiff.image, iptcTag) };
}

function ofBlocks(blocks: Embedded): PictureTags {
  return { tiff: readExifBlock(blocks?.exif ?? null), xmp: blocks?.xmp ?? null, iptc: blocks?.iptc ?? null };
}

/** A block of EXIF is a TIFF structure, often behind the name of the block or an offset. */
function readExifBlock(block: Buffer | null): TiffFacts {
  if (block === null) return noTiffFacts;
  const start = /II\*\0|MM\0\*/.exec(block.toString('latin1', 0, 64))?.index;
  return start === undefined ? noTiffFacts : readTiffFacts(bytesInMemory(block.subarray(start)));
}

const headBytes = 64 * 1024;

async function readRawTags(bytes: PictureBytes): Promise<PictureTags> {
  const head = bytes.read(0, headBytes);
  const magic = head.toString('latin1', 0, 8);
  if (magic === 'FUJIFILM') return readJpegTags(bytes, head.length >= 88 ? head.readUInt32BE(84) : 0);
  // Programs have saved JPEG under the names of such formats.
  if (magic.startsWith('\xff\xd8')) return readJpegTags(bytes, 0);
  if (magic.startsWith('\0MRM')) return ofTiff(readTiffFacts(bytes, minoltaStart(head)));
  // Canon's newer files are built like films: a box for each directory.
  const [image, exif, gps] = ['CMT1', 'CMT2', 'CMT4'].map((name) => {
    const at = head.indexOf(name);
    return at === -1 ? noTiffFacts : readTiffFacts(bytes, at + name.length);
  });
  if (image === undefined || image === noTiffFacts) return ofTiff(readTiffFacts(bytes));
  const tiff = { image: image.image, exif: exif?.image ?? image.exif, gps: gps?.image ?? image.gps };
  return { tiff, xmp: findXmpBox(bytes, readBoxes(bytes)), iptc: null };
}

/** In some formats a JPEG comes first, with the blocks. */
async function readJpegTags(bytes: PictureBytes, start: number): Promise<PictureTags> {
  const jpeg = bytes.read(start, 2 * headBytes);
  const metadata = await sharp(jpeg, { limitInputPixels: false })
    .metadata()
    .catch(() => null); // it has no preview, or the head of one is longer
  return ofBlocks(metadata && { exif: metadata.exif ?? null, xmp: metadata.xmp ?? null, iptc: metadata.iptc ?? null });
}

/** Blocks with a name of four letters and a length; the one named TTW is a TIFF structure. */
function minoltaStart(head: Buffer): number {
  for (let at = 8; at + 8 <= head.length; at += 8 + head.readUInt32BE(at + 4)) {
    if (head.toString('latin1', at, at + 4) === '\0TTW') return at + 8;
  }
  return head.length;
}

const maxBlockBytes = 4 * 1024 * 1024;

function readBoxedTags(bytes: PictureBytes): PictureTags {
  const boxes = readBoxes(bytes);
  const exif = findContent(bytes, boxes, 'Exif') ?? findUuid(bytes, boxes, 'JpgTiffExif->JP2');
  return { tiff: readExifBlock(exif), xmp: findContent(bytes, boxes, 'xml ') ?? findXmpBox(bytes, boxes), iptc: null };
}

/** Returns the content of a box; JPEG XL may have it compressed, behind the name of what it is. */
function findContent(bytes: PictureBytes, boxes: readonly Box[], type: string): Buffer | null {
  for (const box of boxes) {
    if (box.type !== type && box.type !== 'brob') continue;
    const content = bytes.read(box.at, Math.min(box.length, maxBlockBytes));
    if (box.type === type) return content;
    if (content.toString('latin1', 0, 4) === type) return inflate(content.subarray(4));
  }
  return null;
}

function inflate(content: Buffer): Buffer | null {
  try {
    return brotliDecompressSync(content, { maxOutputLength: maxBlockBytes });
  } catch {
    return null; // It is damaged, or grows beyond all measure: the picture has no such block then.
  }
}

const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex').toString('latin1');

function findXmpBox(bytes: PictureBytes, boxes: readonly Box[]): Buffer | null {
  return findUuid(bytes, boxes, xmpUuid);
}

function findUuid(bytes: PictureBytes, boxes: readonly Box[], uuid: string): Buffer | null {
  for (const { type, at, length } of boxes) {
    if (type !== 'uuid' || bytes.read(at, 16).toString('latin1') !== uuid) continue;
    return bytes.read(at + 16, Math.min(length - 16, maxBlockBytes));
  }
  return null;
}
