import DataLoader from 'dataloader';
import type { RootState } from '../../base/config/check-roots.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { Catalogue, CategoryScanState } from '../../library/catalogue/catalogue.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import type { Shelf } from '../../library/catalogue/sql/shelves.ts';
import type { ImageProxies, ImageProxyRecord } from '../../library/image-proxies/image-proxies.ts';
import type { Models } from '../../library/model-records/models.ts';
import type { ModelRecord } from '../../library/model-records/sql/list-models.ts';
import type { TagRecord } from '../../library/model-records/tags-and-images.ts';

/**
 * What many parts of an operation ask for one by one: `load.x()` in any resolver. What is asked for at the same moment is
 * read together, and each thing once an operation.
 */
export interface Loaders {
  /** Rejects where the item is gone. */
  mediaItem(id: number): Promise<MediaRecord>;
  /** The earliest available item of the bytes with that SHA-256. */
  earliestOfHash(sha256: string): Promise<MediaRecord | null>;
  imageProxy(mediaId: number, profile: string): Promise<ImageProxyRecord | null>;
  model(sha256: string): Promise<ModelRecord | null>;
  tagsOfModel(sha256: string): Promise<TagRecord[]>;
  imagesOfModel(sha256: string): Promise<{ sha256: string; seq: number }[]>;
  tagsOfPending(id: number): Promise<TagRecord[]>;
  imagesOfPending(id: number): Promise<string[]>;
  modelCountOfTag(id: number): Promise<number>;
  shelves(): Promise<Shelf[]>;
  /** By category, as the root states are. */
  categoryScans(): Promise<Map<string, CategoryScanState>>;
  rootStates(): Promise<Map<string, RootState>>;
}

interface LoaderServices {
  catalogue: Pick<Catalogue, 'categoryScans' | 'findEarliestOfHashes' | 'findMany' | 'shelves'>;
  imageProxies: Pick<ImageProxies, 'findOfItems' | 'profile'>;
  models: Models;
  checkRoots(): Promise<RootState[]>;
}

/** The loaders of one operation: what they have read is as old as that. */
export function createLoaders({ catalogue, checkRoots, imageProxies, models }: LoaderServices): Loaders {
  const loadersByProfile = new Map<string, Loaded<number, ImageProxyRecord | null>>();
  return {
    mediaItem: together<number, MediaRecord>(async (ids) => {
      const items = await catalogue.findMany(ids);
      return items.map((item, index) => item ?? new MediaNotFoundError(encodePublicId('MediaItem', ids[index] ?? 0)));
    }),
    earliestOfHash: together((hashes) => catalogue.findEarliestOfHashes(hashes)),
    imageProxy(mediaId, profile) {
      const { name } = imageProxies.profile(profile);
      const load = loadersByProfile.get(name) ?? together((ids) => imageProxies.findOfItems(ids, name));
      loadersByProfile.set(name, load);
      return load(mediaId);
    },
    model: together((hashes) => models.findMany(hashes)),
    tagsOfModel: together((hashes) => models.tagsOfModels(hashes)),
    imagesOfModel: together((hashes) => models.imagesOfModels(hashes)),
    tagsOfPending: together((ids) => models.tagsOfPending(ids)),
    imagesOfPending: together((ids) => models.imagesOfPending(ids)),
    modelCountOfTag: together((ids) => models.modelCountsOfTags(ids)),
    shelves: once(() => catalogue.shelves()),
    categoryScans: once(async () => byCategory(await catalogue.categoryScans())),
    rootStates: once(async () => byCategory(await checkRoots())),
  };
}

type Loaded<K, V> = (key: K) => Promise<V>;

/** Reads the values of all keys that are asked for in one turn of the event loop with one question. */
function together<K, V>(read: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>): Loaded<K, V> {
  const loader = new DataLoader<K, V>(read);
  return (key) => loader.load(key);
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

function byCategory<T extends { category: string }>(values: readonly T[]): Map<string, T> {
  return new Map(values.map((value) => [value.category, value]));
}
