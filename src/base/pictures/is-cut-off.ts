import type { PictureBytes } from './picture-bytes.ts';
import { isTiffCutOff } from './tiff-obstacle.ts';

/**
 * Whether the end of a picture is missing, as after a download that broke off: what a decoder would find, without
 * decoding. Only JPEG, PNG and TIFF, where such files are common, are examined; for other formats the answer is false.
 */
export function isCutOff(bytes: PictureBytes, format: string): boolean {
  if (format === 'jpeg') return isJpegCutOff(bytes);
  if (format === 'png') return isPngCutOff(bytes);
  return format === 'tiff' && isTiffCutOff(bytes);
}

const endOfImage = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;

/**
 * The two bytes of the end marker cannot come by chance in the compressed data; they can in the segments before it, as
 * at the end of the thumbnail in EXIF. More may follow behind the end: phones append short films.
 */
function isJpegCutOff(bytes: PictureBytes): boolean {
  let at = 2;
  for (;;) {
    const head = bytes.read(at, 4);
    if (head.length < 4) return true;
    const marker = head[1] ?? 0;
    // Markers may be filled up with 0xff in front, and a few have no length.
    if (head[0] !== 0xff) return true;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === startOfScan) break;
    else at += 2 + head.readUInt16BE(2);
  }
  // The search begins at the end of the file, where the marker nearly always stands.
  for (let end = bytes.sizeBytes; end > at; end -= searchBytes) {
    const start = Math.max(at, end - searchBytes);
    const part = bytes.read(start, end + 1 - start);
    if (part.includes(endOfImage)) return false;
  }
  return true;
}

/** The last chunk of a PNG is IEND; each chunk begins with its length. */
function isPngCutOff(bytes: PictureBytes): boolean {
  const { sizeBytes: size } = bytes;
  const tail = bytes.read(Math.max(0, size - 12), 12);
  if (tail.toString('latin1', 4, 8) === 'IEND') return false;
  for (let at = 8; at < size;) {
    const head = bytes.read(at, 8);
    if (head.length < 8) return true;
    if (head.toString('latin1', 4, 8) === 'IEND') return false;
    at += 12 + head.readUInt32BE(0);
  }
  return true;
}

const searchBytes = 64 * 1024;
