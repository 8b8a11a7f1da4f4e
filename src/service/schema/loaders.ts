import DataLoader from 'dataloader';
import type { DiskSpace } from '../../base/config/disk-space.ts';
import type { RootState } from '../../base/config/check-roots.ts';
import { unescapeName } from '../../base/files/escape-name.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { Catalogue, CategoryScanState } from '../../library/catalogue/catalogue.ts';
import type { MediaFolder } from '../../library/catalogue/browsing/media-folders.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import type { MediaFacts } from '../../library/metadata/facts/facts.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import type { Duplicates } from '../../library/catalogue/duplicates/duplicates.ts';
import type { DuplicateKey } from '../../library/catalogue/sql/duplicate-groups.ts';
import type { Groups } from '../../library/catalogue/groups/groups.ts';
import type { MediaGroup } from '../../library/catalogue/groups/name-group.ts';
import type { PlayOrder } from '../../library/catalogue/groups/play-order.ts';
import type { GroupSums } from '../../library/catalogue/sql/group-items.ts';
import type { Shelf } from '../../library/catalogue/sql/shelves.ts';
import type { CompanionKeeper } from '../../library/companions/companion-keeper.ts';
import type { ImageProxyRecord, SingleImageProxies } from '../../library/image-proxies/single-image-proxies.ts';
import type { Models } from '../../library/model-records/models.ts';
import type { ModelRecord, PendingRecord } from '../../library/model-records/sql/list-models.ts';
import type { TagRecord } from '../../library/model-records/tags-and-images.ts';

/**
 * Values that many resolvers of an operation ask for one by one, with `load.x()`. Those that are asked for at the same
 * moment are read together, and each value once an operation.
 */
export interface Loaders {
  /** Rejects with MediaNotFoundError where the item is gone. */
  mediaItem(id: number): Promise<MediaRecord>;
  /** Returns the items with that SHA-256 that are not deleted, as many as `maxMediaOfModel`. */
  mediaOfHash(sha256: string): Promise<MediaRecord[]>;
  /** Returns null where the item is gone. */
  mediaIfThere(id: number): Promise<MediaRecord | null>;
  /** Returns the item that a job names by its path. */
  mediaByName(name: string): Promise<MediaRecord | null>;
  /** Returns the earliest available item whose bytes have that SHA-256. */
  earliestOfHash(sha256: string): Promise<MediaRecord | null>;
  /** Returns what the file of an item says of itself; null where that is nothing. */
  facts(id: number): Promise<MediaFacts | null>;
  /** Returns the earliest available items with these bytes. */
  copies(group: DuplicateKey, first: number): Promise<MediaRecord[]>;
  groupCount(group: MediaGroup): Promise<number>;
  groupSums(group: MediaGroup): Promise<GroupSums>;
  /** Returns how many groups of the next level are in it; null where there is no such level. */
  childCount(group: MediaGroup): Promise<number | null>;
  firstOfGroup(group: MediaGroup, limit: number): Promise<MediaRecord[]>;
  /** Returns what is played after an item, or before it. */
  neighbour(id: number, direction: 'next' | 'previous'): Promise<MediaRecord | null>;
  tagsOfMedia(id: number): Promise<string[]>;
  countTagged(tagId: number): Promise<number>;
  /** Returns the ids of up to `limit` items that stand for a folder. */
  coverIds(folder: MediaFolder, limit: number): Promise<number[]>;
  /** Returns the ids of the items that this one is shown for. */
  companionIds(id: number): Promise<number[]>;
  imageProxy(mediaId: number, profile: string): Promise<ImageProxyRecord | null>;
  model(sha256: string): Promise<ModelRecord | null>;
  /** Returns the newest model whose file is at that path, as a job names it. */
  modelOfPath(name: string): Promise<ModelRecord | null>;
  pendingImport(id: number): Promise<PendingRecord | null>;
  pendingOfPath(name: string): Promise<PendingRecord | null>;
  tagsOfModel(sha256: string): Promise<TagRecord[]>;
  imagesOfModel(sha256: string): Promise<{ sha256: string; seq: number }[]>;
  tagsOfPending(id: number): Promise<TagRecord[]>;
  imagesOfPending(id: number): Promise<string[]>;
  modelCountOfTag(id: number): Promise<number>;
  /** Returns a function that reads values together, of what only one place asks for. */
  together<K, V>(read: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>): (key: K) => Promise<V>;
  shelves(): Promise<Shelf[]>;
  /** Returns the scan states by the key of their category, as `rootStates` does. */
  categoryScans(): Promise<Map<string, CategoryScanState>>;
  rootStates(): Promise<Map<string, RootState>>;
  /** Returns the space of the disk of a category's root; null where the root is away. */
  diskSpace(category: string): Promise<DiskSpace | null>;
}

/** Copies of one file that a model record shows. */
export const maxMediaOfModel = 100;

interface LoaderServices {
  catalogue: Pick<Catalogue, 'categoryScans' | 'countTagged' | 'coverIdsOf' | 'factsOf' | 'findByNames' | 'findEarliestOfHashes' | 'findMany' | 'findOfHashes' | 'shelves' | 'tagsOf'>;
  companions: Pick<CompanionKeeper, 'idsOf'>;
  duplicates: Pick<Duplicates, 'copiesOf'>;
  groups: Omit<Groups, 'list' | 'itemsOf'>;
  imageProxies: Pick<SingleImageProxies, 'findOfItems' | 'profile'>;
  models: Models;
  spaceOfRoot(category: string): Promise<DiskSpace | null>;
  playOrder: PlayOrder;
  checkRoots(): Promise<RootState[]>;
}

/** Creates the loaders of one operation. They keep what they read, so they must not outlive it. */
export function createLoaders(services: LoaderServices): Loaders {
  const { catalogue, checkRoots, companions, duplicates, groups, imageProxies, models, playOrder, spaceOfRoot } = services;
  const proxies = inBatches((ids: readonly number[], name: string) => imageProxies.findOfItems(ids, name));
  const coverLoaders = new Map<string, Load<MediaFolder, number[]>>();
  return {
    mediaItem: inBatch<number, MediaRecord>(async (ids) => {
      const items = await catalogue.findMany(ids);
      return items.map((item, index) => item ?? new MediaNotFoundError(encodePublicId('MediaItem', ids[index] ?? 0)));
    }),
    mediaOfHash: inBatch((hashes) => catalogue.findOfHashes(hashes, maxMediaOfModel)),
    mediaIfThere: inBatch((ids) => catalogue.findMany(ids)),
    mediaByName: inBatch((names) => catalogue.findByNames(names)),
    earliestOfHash: inBatch((hashes) => catalogue.findEarliestOfHashes(hashes)),
    companionIds: inBatch((ids) => companions.idsOf(ids)),
    facts: inBatch((ids) => catalogue.factsOf(ids)),
    copies: inBatches((some, first) => duplicates.copiesOf(some, first)),
    groupCount: inBatch((some) => groups.itemCounts(some)),
    groupSums: inBatch((some) => groups.sums(some)),
    childCount: inBatch((some) => groups.childCounts(some)),
    firstOfGroup: inBatches((some, limit) => groups.firstItems(some, limit)),
    neighbour: inBatches(async (ids, direction) =>
      catalogue.findMany(await playOrder.neighboursOf(ids, direction)),
    ),
    tagsOfMedia: inBatch((ids) => catalogue.tagsOf(ids)),
    countTagged: inBatch((ids) => catalogue.countTagged(ids)),
    coverIds(folder, limit) {
      const key = JSON.stringify([folder.statuses, limit]);
      const load = coverLoaders.get(key) ?? inBatch((folders) => catalogue.coverIdsOf(folders, limit));
      coverLoaders.set(key, load);
      return load(folder);
    },
    imageProxy: (mediaId, profile) => proxies(mediaId, imageProxies.profile(profile).name),
    model: inBatch((hashes) => models.findMany(hashes)),
    modelOfPath: inBatch((names) => models.findByPaths(names.map(pathOf))),
    pendingImport: inBatch((ids) => models.findPending(ids)),
    pendingOfPath: inBatch((names) => models.findPendingByPaths(names.map(pathOf))),
    tagsOfModel: inBatch((hashes) => models.tagsOfModels(hashes)),
    imagesOfModel: inBatch((hashes) => models.imagesOfModels(hashes)),
    tagsOfPending: inBatch((ids) => models.tagsOfPending(ids)),
    imagesOfPending: inBatch((ids) => models.imagesOfPending(ids)),
    modelCountOfTag: inBatch((ids) => models.modelCountsOfTags(ids)),
    together: inBatch,
    shelves: once(() => catalogue.shelves()),
    categoryScans: once(async () => byCategory(await catalogue.categoryScans())),
    diskSpace: inBatch((categories) => Promise.all(categories.map((category) => spaceOfRoot(category)))),
    rootStates: once(async () => byCategory(await checkRoots())),
  };
}

type Load<K, V> = (key: K) => Promise<V>;

/** Reads the values of all keys that are asked for in one turn of the event loop with one call. */
function inBatch<K, V>(read: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>): Load<K, V> {
  const loader = new DataLoader<K, V>(read);
  return (key) => loader.load(key);
}

/** Jobs escape the paths that they report. */
function pathOf(name: string): string {
  return unescapeName(name) ?? name;
}

/** The same, for each variant of the reading by itself. */
function inBatches<K, V, O>(
  read: (keys: readonly K[], variant: O) => Promise<ArrayLike<V | Error>>,
): (key: K, variant: O) => Promise<V> {
  const loaders = new Map<O, Load<K, V>>();
  return (key, variant) => {
    const load = loaders.get(variant) ?? inBatch((keys) => read(keys, variant));
    loaders.set(variant, load);
    return load(key);
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

function byCategory<T extends { category: string }>(values: readonly T[]): Map<string, T> {
  return new Map(values.map((value) => [value.category, value]));
}
