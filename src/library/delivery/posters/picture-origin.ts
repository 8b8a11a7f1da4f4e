/** The size of a picture that a client requests. */
export type PictureSize = 'small' | 'medium' | 'large' | 'screen';

/**
 * The longest side in pixels, by size. 320 is a gallery's tile of 160 CSS pixels on a screen of two to one, 640 one of 320;
 * 960 a poster beside an item's description; 2560 a whole screen. No picture is ever enlarged.
 */
export const longestSides: Record<PictureSize, number> = { small: 320, medium: 640, large: 960, screen: 2560 };

export const pictureSizes = Object.keys(longestSides) as PictureSize[];

/** Raised with every change of how pictures look: all that were rendered before are stale then. */
export const rendererVersion = 2;

/** Something that a picture can be made of. Finding it is cheap; rendering it need not be. */
export interface PictureOrigin {
  /** Identifies the origin; its content may change under the same key. */
  cacheKey: string;
  /** Identifies the content: another one makes another picture. */
  fingerprint: string;
  /** Whether the version in the item's URLs changes with it. A file beside the item changes unnoticed. */
  isVersioned: boolean;
  /** Returns a WebP; null where the origin holds no picture that can be shown. */
  render(size: PictureSize, signal: AbortSignal): Promise<Buffer | null>;
}
