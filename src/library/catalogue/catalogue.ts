import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { MediaFacts } from '../metadata/facts/facts.ts';
import { readFacts } from './read-facts.ts';
import { createMediaFacets, type MediaFacets } from './browsing/media-facets.ts';
import { findCoverIds, listMediaFolders, type FolderRequest, type MediaFolder } from './browsing/media-folders.ts';
import { mediaItemSelection, readMediaFile, readRecords, type MediaRecord } from './sql/media-rows.ts';
import { readShelves, type MediaStatus, type Shelf } from './sql/shelves.ts';
import { listMediaPage, type MediaPage, type MediaPageRequest } from './list-media-page.ts';
import type { MediaOrder } from './media-order.ts';
import type { MediaFilter } from './select-media.ts';
import { findOfHashes } from './find-of-hashes.ts';
import { findByNames } from './find-by-name.ts';
import { findPlace, type MediaPlace } from './find-place.ts';
import { readTimeline, type TimelineRequest, type TimelineSection } from './browsing/timeline.ts';
import { findInOrder, type KeysetPage, type PageRequest } from '../../base/paging.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import type { MediaEvents } from './media-events.ts';
import { checkTagSearch } from './media-words.ts';
import { countTagged, listTags, readTags, type CountedTag } from './sql/media-tags.ts';
import { updateMedia, type MediaChanges } from './update-media.ts';

/** A catalogued file as the byte routes need it. The paths are the catalogue's own: no part comes from a request. */
export interface MediaFile {
  /** The key of the category whose root holds it. */
  category: string;
  rootPath: string;
  /** Where copyparty serves the root. */
  copypartyPath: string;
  relativePath: string;
  /** The name that a download gets. */
  filename: string;
  mimeType: string | null;
  /** The shelf's status; clients must not notice an item that is `DELETED`. */
  status: MediaStatus;
}

export interface CategoryScanState {
  category: string;
  lastScannedAt: Date;
  lastCompleteAt: Date | null;
}

/** What is known about the library's files, and what people may change of it. */
export interface Catalogue {
  list(filter: MediaFilter, order: MediaOrder, page: MediaPageRequest): Promise<MediaPage>;
  timeline(filter: MediaFilter, request: TimelineRequest): Promise<TimelineSection[]>;
  /** Finds where an item stands in a list; null where the list does not have it. */
  place(id: number, filter: MediaFilter, order: MediaOrder): Promise<MediaPlace | null>;
  facets: MediaFacets;
  /** Lists the folders in a folder, with what lies below each. */
  folders(folder: FolderRequest, page: PageRequest): Promise<KeysetPage<MediaFolder>>;
  /** Returns the ids of up to `limit` items that stand for each folder, in the order of the folders, which count items of the same statuses. */
  coverIdsOf(folders: readonly MediaFolder[], limit: number): Promise<number[][]>;
  find(id: number): Promise<MediaRecord | null>;
  /** Returns the items in the order of the ids; null for each id without an item. */
  findMany(ids: readonly (number | null)[]): Promise<(MediaRecord | null)[]>;
  /**
   * Returns the items that jobs name by their paths, in the order of the names; null for each name without an item.
   */
  findByNames(names: readonly string[]): Promise<(MediaRecord | null)[]>;
  /**
   * Returns the earliest available item with each SHA-256, in the order of the hashes; null for each hash without one.
   */
  findEarliestOfHashes(hashes: readonly string[]): Promise<(MediaRecord | null)[]>;
  /** Returns up to `limit` items with each SHA-256 that are not deleted, the earliest first, in the order of the hashes. */
  findOfHashes(hashes: readonly string[], limit: number): Promise<MediaRecord[][]>;
  /** Returns the file behind a public ID; null where there is no such item or its category is no longer configured. */
  findFile(publicId: string): Promise<MediaFile | null>;
  /** Returns what the files of items say of themselves, in the order of the ids; null where that is nothing. */
  factsOf(ids: readonly number[]): Promise<(MediaFacts | null)[]>;
  /** Returns the tags that people gave items, in the order of the ids. */
  tagsOf(ids: readonly number[]): Promise<string[][]>;
  /** Lists tags that some item has, by name. Throws InvalidInputError for a search that can find none. */
  listTags(search: string | null | undefined, limit: number): Promise<CountedTag[]>;
  /** Counts the items of tags that are not deleted, in the order of the tags' ids. */
  countTagged(tagIds: readonly number[]): Promise<number[]>;
  update(id: number, changes: MediaChanges): Promise<MediaRecord>;
  shelves(): Promise<Shelf[]>;
  categoryScans(): Promise<CategoryScanState[]>;
}

export interface CatalogueOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  events?: Pick<MediaEvents, 'publish'>;
  /** Whether it tells where pictures and films were taken. */
  places?: boolean;
}

export function createCatalogue({ database, mediaConfig, events, places = true }: CatalogueOptions): Catalogue {
  const { prisma } = database;
  const configured = () => mediaConfig.current().categories.map((category) => category.key);
  return {
    list: (filter, order, page) => listMediaPage(database, configured(), filter, order, page),
    timeline: (filter, request) => readTimeline(database, configured(), filter, request),
    place: (id, filter, order) => findPlace(database, configured(), { id, filter, order }),
    facets: createMediaFacets(database, configured),
    folders: (folder, page) => listMediaFolders(database, configured(), folder, page),
    coverIdsOf: (folders, limit) => findCoverIds(database, folders, limit),
    find: (id) => prisma.mediaItem.findUnique({ where: { id }, select: mediaItemSelection }),
    findMany: (ids) => findInOrder(ids, (known) => readRecords(database, known)),
    findByNames: (names) => findByNames(database, mediaConfig.current().categories, names),
    async findEarliestOfHashes(hashes) {
      const where = { sha256: { in: [...hashes] }, shelf: { status: 'AVAILABLE' } };
      const items = await prisma.mediaItem.findMany({ where, orderBy: { id: 'desc' }, select: mediaItemSelection });
      const earliest = new Map(items.map((item) => [item.sha256, item]));
      return hashes.map((hash) => earliest.get(hash) ?? null);
    },
    findOfHashes: (hashes, limit) => findOfHashes(database, hashes, limit),
    factsOf: (ids) => readFacts(database, ids, places),
    async tagsOf(ids) {
      const tags = await readTags(database, ids);
      return ids.map((id) => (tags.get(id) ?? []).map(({ name }) => name));
    },
    listTags: (search, limit) => listTags(database, checkTagSearch(search), limit),
    countTagged: (tagIds) => countTagged(database, tagIds),
    async update(id, changes) {
      const item = await updateMedia(database, mediaConfig, id, changes);
      events?.publish({ category: item.rootCategory, updated: [id] });
      return item;
    },
    shelves: () => readShelves(database),
    categoryScans: () => prisma.categoryScan.findMany(),
    async findFile(publicId) {
      const id = mediaNumberOf(publicId);
      if (id === null) return null;
      const item = await readMediaFile(database, id);
      const category = item === null ? undefined : mediaConfig.findCategory(item.rootCategory);
      if (item === null || category === undefined) return null;
      const { relativePath, filename, mimeType, status } = item;
      return {
        category: category.key,
        rootPath: category.rootPath,
        copypartyPath: category.copypartyPath,
        relativePath,
        filename,
        mimeType,
        status,
      };
    },
  };
}
