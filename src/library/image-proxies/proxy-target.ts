import type { ImageProxyFormat, ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';

export interface Dimensions {
  width: number;
  height: number;
}

/** Whether a picture, as it is shown, is larger than the profile's models look at. */
export function needsProxy({ width, height }: Dimensions, { shorterSide }: Pick<ImageProxyProfile, 'shorterSide'>) {
  return Math.min(width, height) > shorterSide;
}

/**
 * The size of the proxy: the shorter side is exactly the profile's, the other is rounded to the nearest pixel, and to
 * one at least. Nothing is enlarged.
 */
export function calculateTargetDimensions(
  { width, height }: Dimensions,
  { shorterSide }: Pick<ImageProxyProfile, 'shorterSide'>,
): Dimensions {
  const shorter = Math.min(width, height);
  if (shorter <= shorterSide) return { width, height };
  // The product comes first: for every possible size it is exact, and a half is rounded up.
  const scale = (side: number) => Math.max(1, Math.round((side * shorterSide) / shorter));
  return { width: scale(width), height: scale(height) };
}

/** A JPEG's header has 16 bits for each side. */
const maxJpegSide = 65_535;

/**
 * PNG where a pixel of the proxy really is transparent, as far as the profile allows it; else JPEG, unless the profile
 * knows only PNG or the picture is too long for a JPEG.
 */
export function chooseFormat(
  { width, height, isTransparent }: Dimensions & { isTransparent: boolean },
  { formats }: Pick<ImageProxyProfile, 'formats'>,
): ImageProxyFormat {
  const wanted = isTransparent || Math.max(width, height) > maxJpegSide ? 'PNG' : 'JPEG';
  return formats.includes(wanted) ? wanted : (formats[0] ?? wanted);
}

/** The extension always says what the bytes are. */
export function extensionOf(format: ImageProxyFormat): 'jpg' | 'png' {
  return format === 'JPEG' ? 'jpg' : 'png';
}

export function contentTypeOf(format: ImageProxyFormat): string {
  return format === 'JPEG' ? 'image/jpeg' : 'image/png';
}
