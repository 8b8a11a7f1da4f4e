import type { ModelImageProfile, PictureTier } from '../config/media-config.ts';

export const pictureQualities = ['high', 'medium', 'low'] as const;
export type PictureQuality = (typeof pictureQualities)[number];

export interface Size {
  width: number;
  height: number;
}

/** The largest size of a picture: as it is, or shrunk to at most `maxPixels` in its own proportions. */
export function largestSize({ width, height }: Size, { maxPixels }: Pick<ModelImageProfile, 'maxPixels'>): Size {
  const factor = Math.sqrt(maxPixels / (width * height));
  if (factor >= 1) return { width, height };
  const shrunk = { width: Math.max(1, Math.floor(width * factor)), height: Math.max(1, Math.floor(height * factor)) };
  // A picture of one row, or nearly, cannot shrink in its height.
  return {
    width: Math.min(shrunk.width, Math.floor(maxPixels / shrunk.height)),
    height: Math.min(shrunk.height, Math.floor(maxPixels / shrunk.width)),
  };
}

/** A tier's size, from that of the largest. */
export function tierSize({ width, height }: Size, { scale }: Pick<PictureTier, 'scale'>): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
