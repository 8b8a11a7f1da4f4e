import { expect, it } from 'vitest';
import type { MediaConfigError } from '../../../src/base/config/config-errors.ts';
import { parseMediaConfig } from '../../../src/base/config/parse-media-config.ts';

const path = '/opt/mediashelf/config/watch_media_dirs.yml';
const categories = 'categories: [{key: movies, label: Movies, default: true, root_path: /srv/movies}]';

it('keeps pictures of models at two megapixels and in three sizes unless told otherwise', () => {
  expect(parseMediaConfig(`version: 2\n${categories}`, path).modelImages).toEqual({
    maxPixels: 2_000_000,
    tiers: {
      high: { scale: 1, quality: 80 },
      medium: { scale: 0.66, quality: 60 },
      low: { scale: 0.33, quality: 45 },
    },
  });
});

it('takes each number of the profile by itself', () => {
  const text = `version: 2\n${categories}\nmodel_images: {max_pixels: 500000, tiers: {medium: {scale: 0.5}, low: {quality: 30}}}`;
  const config = parseMediaConfig(text, path);
  expect(config.modelImages).toEqual({
    maxPixels: 500_000,
    tiers: {
      high: { scale: 1, quality: 80 },
      medium: { scale: 0.5, quality: 60 },
      low: { scale: 0.33, quality: 30 },
    },
  });
  expect(config.warnings).toEqual([]);
});

it('refuses a scale that enlarges, a quality of no percentage and no pixels at all', () => {
  const text = `version: 2\n${categories}\nmodel_images: {max_pixels: 0, tiers: {high: {scale: 2, quality: 0}, low: small}}`;
  let faults: { key: string }[] = [];
  try {
    parseMediaConfig(text, path);
  } catch (error) {
    faults = (error as MediaConfigError).faults;
  }
  expect(faults.map(({ key }) => key).sort()).toEqual([
    'model_images.max_pixels',
    'model_images.tiers.high.quality',
    'model_images.tiers.high.scale',
    'model_images.tiers.low',
  ]);
});
