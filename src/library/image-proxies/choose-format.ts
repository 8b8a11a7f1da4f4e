import type { ImageProxyFormat, ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { Dimensions } from './proxy-target.ts';

/** A JPEG's header has 16 bits for each side. */
const longestJpegSide = 65_535;

/**
 * PNG where a pixel of the proxy really is transparent, as far as the profile allows it; else JPEG, unless the profile
 * knows only PNG or the picture is too long for a JPEG.
 */
export function chooseFormat(
  { width, height, isTransparent }: Dimensions & { isTransparent: boolean },
  { formats }: Pick<ImageProxyProfile, 'formats'>,
): ImageProxyFormat {
  const wanted = isTransparent || Math.max(width, height) > longestJpegSide ? 'PNG' : 'JPEG';
  return formats.includes(wanted) ? wanted : (formats[0] ?? wanted);
}

/** The extension always tells the bytes. */
export function extensionOf(format: ImageProxyFormat): 'jpg' | 'png' {
  return format === 'JPEG' ? 'jpg' : 'png';
}

export function contentTypeOf(format: ImageProxyFormat): string {
  return format === 'JPEG' ? 'image/jpeg' : 'image/png';
}
