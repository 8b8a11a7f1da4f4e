import type { ImageProxyFormat, ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import { sharp, type Sharp } from '../../base/pictures/sharp.ts';
import { calculateTargetDimensions, chooseFormat, type Dimensions } from './proxy-target.ts';
import type { OpenPicture } from '../../base/pictures/open-picture.ts';
import { toUnreadable } from '../../base/pictures/picture-errors.ts';

export interface RenderedPicture extends Dimensions {
  bytes: Buffer;
  format: ImageProxyFormat;
}

/**
 * The proxy's bytes: upright, in sRGB, shrunk by Lanczos, without metadata on where and by whom it was taken.
 * Throws UnreadableImageError.
 */
export async function renderPicture(picture: OpenPicture, profile: ImageProxyProfile): Promise<RenderedPicture> {
  const target = calculateTargetDimensions(picture.decoded, profile);
  try {
    const decoded = await picture.decode();
    const shrunk = decoded.resize({ ...target, fit: 'fill', kernel: 'lanczos3' }).toColourspace('srgb');
    if (picture.hasAlpha) return await encodeWithAlpha(shrunk, target, profile);
    const format = chooseFormat({ ...target, isTransparent: false }, profile);
    return { ...target, format, bytes: await encode(shrunk, format, profile) };
  } catch (error) {
    throw toUnreadable(error);
  }
}

/** Looks at the pixels for transparency, as most files with an alpha channel are opaque. */
async function encodeWithAlpha(
  shrunk: Sharp,
  target: Dimensions,
  profile: ImageProxyProfile,
): Promise<RenderedPicture> {
  const { data, info } = await shrunk
    .raw({ depth: 'uchar' })
    .timeout({ seconds: maxRenderSeconds })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const pixels = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const format = chooseFormat({ ...target, isTransparent: isTransparent(data, channels) }, profile);
  return { ...target, format, bytes: await encode(pixels, format, profile) };
}

function isTransparent(data: Uint8Array, channels: number): boolean {
  if (channels !== 2 && channels !== 4) return false;
  for (let alpha = channels - 1; alpha < data.length; alpha += channels) if (data[alpha] !== 255) return true;
  return false;
}

async function encode(picture: Sharp, format: ImageProxyFormat, { quality }: ImageProxyProfile): Promise<Buffer> {
  const encoded =
    format === 'PNG'
      ? // Level 6, the default, takes three times as long for files that are 0.2 % smaller.
        picture.png({ compressionLevel: 5 })
      : picture.flatten({ background: '#fff' }).jpeg({ quality });
  return encoded.timeout({ seconds: maxRenderSeconds }).toBuffer();
}

/** A picture of 120 megapixels takes about three seconds; small files can be made to take minutes. */
const maxRenderSeconds = 60;
