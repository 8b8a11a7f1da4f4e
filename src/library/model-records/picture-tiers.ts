import type { ModelImageProfile, PictureTier } from '../../base/config/media-config.ts';

/** A picture to take over, for `openInside`. */
export interface PictureFile {
  rootPath: string;
  relativePath: string;
  /** The root is free of links, and must be so still. */
  isRealRoot?: boolean;
}

export const pictureQualities = ['high', 'medium', 'low'] as const;
export type PictureQuality = (typeof pictureQualities)[number];

export interface Size {
  width: number;
  height: number;
}

/** What WebP can hold in each direction. */
const longestSide = 16_383;

/** The largest size of a picture: as it is, or shrunk to at most `maxPixels` in its own proportions. */
export function largestSize({ width, height }: Size, { maxPixels }: Pick<ModelImageProfile, 'maxPixels'>): Size {
  const factor = Math.min(1, Math.sqrt(maxPixels / (width * height)), longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.floor(width * factor)), height: Math.max(1, Math.floor(height * factor)) };
}

/** A tier's size, from that of the largest. */
export function tierSize({ width, height }: Size, { scale }: Pick<PictureTier, 'scale'>): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
