import type { ModelImageProfile } from './media-config.ts';

/** Two megapixels, and two smaller sizes for lists. */
export const defaultModelImages: ModelImageProfile = {
  maxPixels: 2_000_000,
  tiers: {
    high: { scale: 1, quality: 80 },
    medium: { scale: 0.66, quality: 60 },
    low: { scale: 0.33, quality: 45 },
  },
};
