import type { FileHandle } from 'node:fs/promises';
import type { OpenedFile } from '../files/open-inside.ts';

/**
 * Whether the end of a picture is missing, as after a download that broke off: what a decoder would find, without
 * decoding. Only JPEG and PNG, where such files are common, are examined; for other formats the answer is false.
 */
export async function isCutOff({ handle, stats }: OpenedFile, format: string): Promise<boolean> {
  if (format === 'jpeg') return isJpegCutOff(handle, Number(stats.size));
  if (format === 'png') return isPngCutOff(handle, Number(stats.size));
  return false;
}

const endOfImage = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;

/**
 * The two bytes of the end marker cannot come by chance in the compressed data; they can in the segments before it, as
 * at the end of the thumbnail in EXIF. More may follow behind the end: phones append short films.
 */
async function isJpegCutOff(handle: FileHandle, size: number): Promise<boolean> {
  let at = 2;
  for (;;) {
    const head = await readAt(handle, at, 4);
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
  for (let end = size; end > at; end -= searchBytes) {
    const start = Math.max(at, end - searchBytes);
    const part = await readAt(handle, start, Math.min(end + 1, size) - start);
    if (part.includes(endOfImage)) return false;
  }
  return true;
}

/** The last chunk of a PNG is IEND; each chunk begins with its length. */
async function isPngCutOff(handle: FileHandle, size: number): Promise<boolean> {
  const tail = await readAt(handle, Math.max(0, size - 12), 12);
  if (tail.toString('latin1', 4, 8) === 'IEND') return false;
  for (let at = 8; at < size;) {
    const head = await readAt(handle, at, 8);
    if (head.length < 8) return true;
    if (head.toString('latin1', 4, 8) === 'IEND') return false;
    at += 12 + head.readUInt32BE(0);
  }
  return true;
}

const searchBytes = 64 * 1024;

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
