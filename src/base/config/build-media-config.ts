import { dirname } from 'node:path';
import { defaultIncludePatterns, defaultModelImages } from './defaults.ts';
import { buildImageProxyProfiles } from './image-proxies-schema.ts';
import type { RawCategory, RawMediaConfig } from './media-config-schema.ts';
import type { CategoryConfig, MediaConfig, ModelImageProfile } from './media-config.ts';
import { resolveRootPath } from './root-path.ts';

/** Resolves what a valid file leaves open: inherited and built-in defaults, absolute roots, the default category. */
export function buildMediaConfig(raw: RawMediaConfig, path: string): MediaConfig {
  // Relative roots start where the folder `config` stands, not inside it.
  const baseDir = dirname(dirname(path));
  const categories = raw.categories.map((category) => buildCategory(category, raw.defaults ?? {}, baseDir));
  // The schema has made sure of one category, and `check-categories.ts` of one default where that is strict.
  const defaultCategory = (categories.find(({ isDefault }) => isDefault) ?? categories[0])!;
  defaultCategory.isDefault = true;
  return {
    path,
    version: raw.version,
    categories,
    defaultCategory,
    modelImages: buildModelImages(raw.model_images),
    imageProxies: buildImageProxyProfiles(raw.image_proxies),
    strict: raw.validation?.strict ?? true,
    allowMissing: raw.validation?.allow_missing ?? false,
    warnings: [],
  };
}

function buildCategory(
  category: RawCategory,
  defaults: NonNullable<RawMediaConfig['defaults']>,
  baseDir: string,
): CategoryConfig {
  const mediaType = category.media_type ?? defaults.media_type ?? 'VIDEO';
  return {
    key: category.key,
    label: category.label,
    isDefault: category.default ?? false,
    mediaType,
    storageFormat: category.storage_format ?? defaults.storage_format ?? 'COLLECTION',
    rootPath: resolveRootPath(category.root_path, baseDir),
    copypartyPath: withoutLastSlash(category.copyparty_path ?? `/${category.key}`),
    rootMarker: category.root_marker ?? defaults.root_marker ?? true,
    includePatterns: category.include_patterns ?? defaults.include_patterns ?? defaultIncludePatterns(mediaType),
    excludePatterns: category.exclude_patterns ?? defaults.exclude_patterns ?? [],
    ...(!(category.exclude_litter ?? defaults.exclude_litter ?? true) && { includesLitter: true }),
    hierarchyLevels: category.hierarchy?.levels ?? defaults.hierarchy?.levels ?? [],
    playback: category.playback ?? defaults.playback ?? null,
    ui: category.ui ?? defaults.ui ?? null,
  };
}

function buildModelImages(raw: RawMediaConfig['model_images']): ModelImageProfile {
  const { maxPixels, tiers } = defaultModelImages;
  const tier = (name: keyof typeof tiers) => ({
    scale: raw?.tiers?.[name]?.scale ?? tiers[name].scale,
    quality: raw?.tiers?.[name]?.quality ?? tiers[name].quality,
  });
  return {
    maxPixels: raw?.max_pixels ?? maxPixels,
    tiers: { high: tier('high'), medium: tier('medium'), low: tier('low') },
  };
}

function withoutLastSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}
