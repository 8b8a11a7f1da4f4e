import { crc32, deflateSync } from 'node:zlib';

/** Signature (8) and IHDR (length 4, type 4, data 13, checksum 4): the profile has to stand right after them. */
const headBytes = 33;

/** Puts a colour profile into a PNG without touching its pixels; sharp would convert them. */
export function addIccProfile(png: Buffer, icc: Uint8Array): Buffer {
  // A name of the profile, the end of that name, and "deflate".
  const data = Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(icc)]);
  const body = Buffer.concat([Buffer.from('iCCP', 'latin1'), data]);
  const chunk = Buffer.alloc(4 + body.length + 4);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return Buffer.concat([png.subarray(0, headBytes), chunk, png.subarray(headBytes)]);
}
