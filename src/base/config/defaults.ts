import type { MediaType, ModelImageProfile } from './media-config.ts';

/** The largest size has two megapixels; the two smaller ones are for lists. */
export const defaultModelImages: ModelImageProfile = {
  maxPixels: 2_000_000,
  tiers: {
    high: { scale: 1, quality: 80 },
    medium: { scale: 0.66, quality: 60 },
    low: { scale: 0.33, quality: 45 },
  },
};

// The containers and codecs that people keep, not the whole media type registry: `mime` knows 60 kinds of video, most
// of which no scan should pick up by default.
const extensions: Record<MediaType, string> = {
  VIDEO: '3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogv ts vob webm wmv',
  AUDIO: 'aac aif aiff alac ape flac m4a m4b mka mp3 oga ogg opus wav wma wv',
  IMAGE: 'apng avif bmp gif heic heif j2k jp2 jpeg jpg jxl png tif tiff webp',
};

/** What a category includes when neither it nor the file's defaults say what: one glob for each common extension. */
export function defaultIncludePatterns(mediaType: MediaType): string[] {
  return extensions[mediaType].split(' ').map((extension) => `**/*.${extension}`);
}

/** Pixels of the largest picture that is decoded, unless IMAGE_MAX_PIXELS says otherwise. */
export const defaultMaxPixels = 120_000_000;
