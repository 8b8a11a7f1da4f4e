import type { ModelImageProfile, PictureTier } from '../../base/config/media-config.ts';

/** A picture file, as `openInside` opens it. */
export interface PictureFile {
  rootPath: string;
  relativePath: string;
  /** Whether the root was free of links, and must still be. */
  isRealRoot?: boolean;
}

export const pictureQualities = ['high', 'medium', 'low'] as const;
export type PictureQuality = (typeof pictureQualities)[number];

export interface Size {
  width: number;
  height: number;
}

/** The most pixels that WebP can hold in each direction. */
const longestSide = 16_383;

/** The largest size that is stored: that of the picture, or shrunk to at most `maxPixels` in its proportions. */
export function largestSize({ width, height }: Size, { maxPixels }: Pick<ModelImageProfile, 'maxPixels'>): Size {
  const factor = Math.min(1, Math.sqrt(maxPixels / (width * height)), longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.floor(width * factor)), height: Math.max(1, Math.floor(height * factor)) };
}

/** The size of a tier, from the largest size. */
export function tierSize({ width, height }: Size, { scale }: Pick<PictureTier, 'scale'>): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
