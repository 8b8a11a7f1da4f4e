import { crc32, deflateSync } from 'node:zlib';
import { sharp, type Sharp } from './sharp.ts';

/** Decoded pixels, a byte a channel: grey or red, green, blue, and alpha where the number of channels is even. */
export interface RawPixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  /** The colour profile of the pixels; null for sRGB. */
  icc: Uint8Array | null;
}

/** Hands pixels to libvips. Their colour profile, which raw pixels cannot carry, travels in an uncompressed PNG. */
export async function sharpOf({ data, icc, ...raw }: RawPixels): Promise<Sharp> {
  const pixels = sharp(data, { raw, limitInputPixels: false });
  if (icc === null) return pixels;
  return sharp(addIccProfile(await pixels.png({ compressionLevel: 0 }).toBuffer(), icc), { limitInputPixels: false });
}

/**
 * Length of the signature (8) and IHDR (length 4, type 4, data 13, checksum 4), after which the profile has to stand.
 */
const headBytes = 33;

/** Puts a colour profile into a PNG without touching its pixels; sharp would convert them. */
function addIccProfile(png: Buffer, icc: Uint8Array): Buffer {
  // The data begins with the profile's name, the end of that name, and the number for "deflate".
  const data = Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(icc)]);
  const body = Buffer.concat([Buffer.from('iCCP', 'latin1'), data]);
  const chunk = Buffer.alloc(4 + body.length + 4);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return Buffer.concat([png.subarray(0, headBytes), chunk, png.subarray(headBytes)]);
}
