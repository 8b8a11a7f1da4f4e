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
  /** Unique, and usable as a segment of a URL without escaping. */
  key: string;
  label: string;
  isDefault: boolean;
  mediaType: MediaType;
  storageFormat: StorageFormat;
  /** Absolute. A Windows path on another system is kept as it was written: such a root never exists there. */
  rootPath: string;
  /** Where copyparty serves the root: begins with a slash, and ends with none unless it is `/` itself. */
  copypartyPath: string;
  /** Whether a small file may be put into the root, by which the root is recognised later. */
  rootMarker: boolean;
  /** Globs relative to the root; upper and lower case do not matter. */
  includePatterns: string[];
  /** Globs that win over `includePatterns`. */
  excludePatterns: string[];
  /** Whether what systems and programs leave beside media is catalogued too; absent: false. */
  includesLitter?: boolean;
  /** Paths below the root at which the service keeps its own files, such as DATA_DIR; absent: none. */
  ownPlaces?: readonly string[];
  hierarchyLevels: HierarchyLevelConfig[];
  /** Free-form, as is `ui`; clients get both unchanged. */
  playback: JsonValue | null;
  ui: JsonValue | null;
}

/** One of the sizes that a model's picture is kept in. */
export interface PictureTier {
  /** Fraction of the largest size, in each direction. */
  scale: number;
  /** Quality of the WebP, 1 to 100. */
  quality: number;
}

/** How pictures of models are made. */
export interface ModelImageProfile {
  /** The most pixels of the largest size. */
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
  /** The category with `isDefault`. */
  defaultCategory: CategoryConfig;
  modelImages: ModelImageProfile;
  /** The profiles that image proxies are made for; `nova` is always among them. */
  imageProxies: ImageProxyProfile[];
  strict: boolean;
  /** Whether a root that does not exist is no reason for a warning. */
  allowMissing: boolean;
  /** What the service can live with and its owner may not have meant, in full sentences. */
  warnings: string[];
  /** Where in the file a warning is about something, by its text; absent: nowhere. */
  warningPlaces?: ReadonlyMap<string, WarningPlace>;
}

export interface WarningPlace {
  /** The path of the key, such as `categories[2].root_path`; empty for the file as a whole. */
  key: string;
  /** From 1; null where no place in the file is known. */
  line: number | null;
  column: number | null;
}
