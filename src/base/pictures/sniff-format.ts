import type { MagickFormat } from './magick-decoder.ts';

/** How many bytes at a file's beginning tell its format. */
export const sniffedBytes = 64;

/** The format of a picture that libvips, as sharp brings it, has no decoder for; null for all others. */
export function sniffMagickFormat(head: Buffer): MagickFormat | null {
  const text = head.toString('latin1', 0, 12);
  // The length of the header behind the 14 bytes of the file's own tells a bitmap from a text that begins with "BM".
  if (text.startsWith('BM') && head.length >= 18 && bitmapHeaders.has(head.readUInt32LE(14))) return 'BMP';
  if (text.startsWith('\xff\x0a') || text === '\0\0\0\x0cJXL \r\n\x87\n') return 'JXL';
  if (text === '\0\0\0\x0cjP  \r\n\x87\n') return 'JP2';
  return text.startsWith('\xff\x4f\xff\x51') ? 'J2K' : null;
}

const bitmapHeaders = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/** The form in which a HEIF file is read that has only a sequence, no still picture; null for other files. */
export function sniffSequence(head: Buffer): 'AVIF' | 'HEIC' | null {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return null;
  const brands = head.toString('latin1', 8);
  if (brands.includes('avis')) return 'AVIF';
  return /hev[cxms]|msf1/.test(brands) ? 'HEIC' : null;
}
