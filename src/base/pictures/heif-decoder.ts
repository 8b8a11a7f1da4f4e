import type { DecodedImage, Failure, Libheif } from 'libheif-js/wasm-bundle.js';
import { UnreadableImageError } from '../errors/domain-error.ts';
import type { RawPixels } from './raw-pixels.ts';

/**
 * Decodes the main picture of a HEIC file, upright (a HEIF file says by itself how to turn it), without its colour
 * profile. sharp's build reads the headers of such files, and has no decoder for HEVC. Throws UnreadableImageError.
 */
export async function decodeHeif(bytes: Uint8Array): Promise<RawPixels> {
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
function copyPixels({ width, height, channels: [pixels] }: DecodedImage): RawPixels {
  if (pixels === undefined) throw new UnreadableImageError('it has no pixels.');
  const rowBytes = width * 4;
  const data = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const start = row * pixels.stride;
    data.set(pixels.data.subarray(start, start + rowBytes), row * rowBytes);
  }
  return { data, width, height, channels: 4, icc: null };
}
