import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';

const name = 'http://ns.adobe.com/xap/1.0/\0';
/** Colour profiles and depth maps come in parts, of which there are some hundreds. */
const maxSegments = 2_000;

/**
 * Finds the XMP of a JPEG; null for none. libvips gives the last segment that has any, which in pictures with a depth map
 * is a part of the extension of XMP, and no document.
 */
export function findJpegXmp(bytes: PictureBytes): Buffer | null {
  let at = 2;
  for (let segment = 0; segment < maxSegments; segment++) {
    const head = bytes.read(at, 4 + name.length);
    const marker = head[1];
    if (head.length < 4 || head[0] !== 0xff || marker === 0xda) return null;
    const length = head.readUInt16BE(2);
    if (marker === 0xe1 && head.toString('latin1', 4) === name) {
      return bytes.read(at + 4 + name.length, length - 2 - name.length);
    }
    at += 2 + length;
  }
  return null;
}

/** Whether a block is a part of the extension: it begins with the digest of the whole. */
export function isExtendedXmp(block: Buffer): boolean {
  return /^[0-9A-F]{32}$/i.test(block.toString('latin1', 0, 32));
}
