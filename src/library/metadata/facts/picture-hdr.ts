import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';

/** How far into a file its properties stand, in front of the pixels. */
const headBytes = 64 * 1024;

/** Transfer characteristics by ITU-T H.273 that are those of high dynamic range. */
const transfers: Record<number, string | undefined> = { 16: 'PQ', 18: 'HLG' };

/**
 * Returns the kind of high dynamic range that a picture in HEIF or PNG says: `PQ` or `HLG` by the colours of the picture
 * itself, `gain map` where Apple's lies beside it. Undefined for none.
 */
export function pictureHdr(bytes: PictureBytes, format: string): string | undefined {
  if (format !== 'heif' && format !== 'png') return undefined;
  const head = bytes.read(0, headBytes);
  const name = format === 'heif' ? 'colrnclx' : 'cICP';
  const at = head.indexOf(name);
  // HEIF has 16 bits for each number, and PNG 8; the second is that of the transfer.
  const transfer = at === -1 ? 0 : (head[at + name.length + (format === 'heif' ? 3 : 1)] ?? 0);
  return transfers[transfer] ?? (head.includes('aux:hdrgainmap') ? 'gain map' : undefined);
}
