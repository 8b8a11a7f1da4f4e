import type { DecodedImage, Failure, Libheif } from 'libheif-js/wasm-bundle.js';
import { UnreadableImageError } from '../errors/domain-error.ts';
import { crc32, deflateSync } from 'node:zlib';

/** Pixels as the picture is shown, four bytes each: red, green, blue, alpha. */
export interface RgbaPixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * Decodes the main picture of a HEIC file, upright (a HEIF file says by itself how to turn it). sharp's build reads the
 * headers of such files, and has no decoder for HEVC. Throws UnreadableImageError.
 */
export async function decodeHeif(bytes: Uint8Array): Promise<RgbaPixels> {
  // The module has two megabytes of WebAssembly, so it is loaded only for such a file.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const context = libheif.heif_context_alloc();
  let handle: unknown;
  try {
    const read = libheif.heif_context_read_from_memory(context, bytes);
    if (isFailure(read, libheif)) throw new UnreadableImageError(describe(read));
    handle = libheif.heif_js_context_get_primary_image_handle(context);
    const { heif_colorspace_RGB: rgb } = libheif.heif_colorspace;
    const { heif_chroma_interleaved_RGBA: rgba } = libheif.heif_chroma;
    const image = await libheif.heif_js_decode_image2(handle, rgb, rgba);
    if (!('channels' in image)) throw new UnreadableImageError(describe(image));
    try {
      return copyPixels(image);
    } finally {
      libheif.heif_image_release(image.image);
    }
  } finally {
    if (handle !== undefined) libheif.heif_image_handle_release(handle);
    libheif.heif_context_free(context);
  }
}

function isFailure({ code }: Failure, { heif_error_code: codes }: Libheif): boolean {
  return code !== codes.heif_error_Ok;
}

function describe({ message }: Failure): string {
  return `${message.trim() || 'libheif could not decode it'}.`;
}

/** Copies the pixels out of the module's memory, without the padding at the end of its rows. */
function copyPixels({ width, height, channels: [pixels] }: DecodedImage): RgbaPixels {
  if (pixels === undefined) throw new UnreadableImageError('it has no pixels.');
  const rowBytes = width * 4;
  const data = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const start = row * pixels.stride;
    data.set(pixels.data.subarray(start, start + rowBytes), row * rowBytes);
  }
  return { data, width, height };
}

/**
 * Length of the signature (8) and IHDR (length 4, type 4, data 13, checksum 4), after which the profile has to stand.
 */
const headBytes = 33;

/** Puts a colour profile into a PNG without touching its pixels; sharp would convert them. */
export function addIccProfile(png: Buffer, icc: Uint8Array): Buffer {
  // The data begins with the profile's name, the end of that name, and the number for "deflate".
  const data = Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(icc)]);
  const body = Buffer.concat([Buffer.from('iCCP', 'latin1'), data]);
  const chunk = Buffer.alloc(4 + body.length + 4);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return Buffer.concat([png.subarray(0, headBytes), chunk, png.subarray(headBytes)]);
}
