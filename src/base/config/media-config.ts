import type { ImageProxyProfile } from './image-proxy-profile.ts';

export type MediaType = 'VIDEO' | 'AUDIO' | 'IMAGE';
export type StorageFormat = 'COLLECTION' | 'SERIES' | 'GROUP' | 'ITEM';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** One level of the folders below a category's root, such as series, season, episode. */
interface HierarchyLevelConfig {
  name: string;
  key: string;
}

/** A configured root with everything that it inherited: no consumer looks at the defaults. */
export interface CategoryConfig {
  /** Unique, and one segment of a URL as it stands. */
  key: string;
  label: string;
  isDefault: boolean;
  mediaType: MediaType;
  storageFormat: StorageFormat;
  /** Absolute. A Windows path is kept as it was written, also where this is not Windows: such a root never exists. */
  rootPath: string;
  /** Where copyparty serves the root: begins with a slash, and ends with none unless it is `/` itself. */
  copypartyPath: string;
  /** Whether a small file may be put into the root, to know it again by. */
  rootMarker: boolean;
  /** Globs relative to the root, for any case. */
  includePatterns: string[];
  /** They win over the includes. */
  excludePatterns: string[];
  hierarchyLevels: HierarchyLevelConfig[];
  /** Free-form; handed to clients as it is. */
  playback: JsonValue | null;
  ui: JsonValue | null;
}

/** One of the sizes that a model's picture is kept in. */
export interface PictureTier {
  /** The share of the largest size, in each direction. */
  scale: number;
  /** The quality of the WebP, 1 to 100. */
  quality: number;
}

/** How pictures of models are made. */
export interface ModelImageProfile {
  /** The largest size has at most this many. */
  maxPixels: number;
  tiers: Record<'high' | 'medium' | 'low', PictureTier>;
}

/** A valid `watch_media_dirs.yml`. */
export interface MediaConfig {
  /** The file that this was read from. */
  path: string;
  version: number;
  /** Never empty; in the order of the file. */
  categories: CategoryConfig[];
  /** The one with `isDefault`. */
  defaultCategory: CategoryConfig;
  modelImages: ModelImageProfile;
  /** What image proxies are made for; `nova` is always among them. */
  imageProxies: ImageProxyProfile[];
  strict: boolean;
  /** A root that does not exist is no reason for a warning. */
  allowMissing: boolean;
  /** What the service can live with and its owner may not have meant, in full sentences. */
  warnings: string[];
}
