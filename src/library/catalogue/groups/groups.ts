import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { toKeysetPage, type KeysetPage, type PageRequest } from '../../../base/paging.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { UnknownCategoryError } from '../media-errors.ts';
import type { MediaPage } from '../list-media-page.ts';
import {
  conditionsOf,
  countGroups,
  readFirstOfGroups,
  readGroupSamples,
  sumGroups,
  type GroupedItems,
  type GroupSums,
} from '../sql/group-items.ts';
import { countMedia, listMedia } from '../sql/list-media.ts';
import type { MediaRecord } from '../sql/media-rows.ts';
import { readShelves } from '../sql/shelves.ts';
import { walkGroups } from '../sql/walk-groups.ts';
import { decodeGroupKey, encodeGroupKey } from './group-key.ts';
import { findLevel, groupLevelsOf, type GroupLevel } from './group-levels.ts';
import { nameGroup, type MediaGroup } from './name-group.ts';

export interface GroupRequest {
  category: string;
  /** The name of a level; null: the one below the parent, or the first. */
  level: string | null;
  /** The key of a group above; null: all groups of the level. */
  parent: string | null;
}

interface GroupPage extends KeysetPage<MediaGroup> {
  /** Walks along all groups, on demand. */
  totalCount(): Promise<number>;
}

/**
 * Series, seasons, artists, albums: available items that stand together in an order. Nothing of them is stored; a list of them is a walk
 * along the index of that order.
 */
export interface Groups {
  /** Throws InvalidInputError for a level, a parent or a cursor that does not fit, UnknownCategoryError for a category that is not configured. */
  list(request: GroupRequest, page: PageRequest): Promise<GroupPage>;
  /** Finds a group by its key; null where no item is in it. Throws InvalidInputError for what is no key of that category, UnknownCategoryError for a category that is not configured. */
  find(category: string, key: string): Promise<MediaGroup | null>;
  /** Lists the items of a group, as they are played. Throws InvalidInputError for a cursor that does not fit. */
  itemsOf(group: MediaGroup, page: PageRequest): Promise<MediaPage>;
  /** These are in the order of the groups. */
  firstItems(groups: readonly MediaGroup[], limit: number): Promise<MediaRecord[][]>;
  itemCounts(groups: readonly MediaGroup[]): Promise<number[]>;
  sums(groups: readonly MediaGroup[]): Promise<GroupSums[]>;
  /** Counts the groups of the next level; null where there is no such level. */
  childCounts(groups: readonly MediaGroup[]): Promise<(number | null)[]>;
}

interface GroupsOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
}

export function createGroups({ database, mediaConfig }: GroupsOptions): Groups {
  const levelsOf = (key: string) => groupLevelsOf(expectCategory(key));

  function expectCategory(key: string): CategoryConfig {
    const category = mediaConfig.findCategory(key);
    if (category === undefined) {
      const known = mediaConfig.current().categories.map((each) => each.key);
      throw new UnknownCategoryError([key], known);
    }
    return category;
  }

  async function shelvesOf(category: string) {
    const shelves = await readShelves(database);
    return shelves.filter((shelf) => shelf.category === category && shelf.status === 'AVAILABLE');
  }

  async function toItems(groups: readonly MediaGroup[]): Promise<GroupedItems[]> {
    const shelves = await readShelves(database);
    return groups.map(({ category, order, prefix }) => ({
      order,
      prefix,
      shelves: shelves.filter((shelf) => shelf.category === category && shelf.status === 'AVAILABLE'),
    }));
  }

  async function list(request: GroupRequest, page: PageRequest): Promise<GroupPage> {
    const category = expectCategory(request.category);
    const { key } = category;
    const parent = request.parent === null ? null : decodeGroupKey('parent', request.parent, key);
    const index = findLevel(category, request.level, parent?.depth ?? 0);
    const levels = groupLevelsOf(category);
    const { order } = levels[index] as GroupLevel;
    const depth = index + 1;
    const shelves = await shelvesOf(key);
    const walk = { shelfIds: shelves.map(({ id }) => id), order, depth };
    const prefix = parent?.prefix ?? '';
    const after = page.cursor === null ? null : positionOf(page, key, depth);
    const [prefixes = []] = await walkGroups(database, { ...walk, descending: page.backward, limit: page.count + 1 }, [
      { prefix, after },
    ]);
    const { edges, ...neighbours } = toKeysetPage(page, prefixes, (each) =>
      encodeGroupKey({ category: key, depth, prefix: each }),
    );
    const found = edges.map(({ node }) => ({ order, prefix: node, shelves }));
    const samples = await readGroupSamples(database, found);
    return {
      ...neighbours,
      // A group whose last item went meanwhile is left out, and so are seasons of files that lie in no folder of a series.
      edges: edges.flatMap(({ cursor, node }, at) => {
        const sample = samples[at];
        return sample && (order === 'ALBUM' || isBelow(sample.relativePath, depth - 1))
          ? [{ cursor, node: nameGroup({ category: key, depth, prefix: node, levels, sample }) }]
          : [];
      }),
      async totalCount() {
        const all = { ...walk, descending: false, limit: Infinity };
        const [every = []] = await walkGroups(database, all, [{ prefix, after: null }]);
        return every.length;
      },
    };
  }

  async function find(categoryKey: string, groupKey: string): Promise<MediaGroup | null> {
    const { depth, prefix } = decodeGroupKey('key', groupKey, expectCategory(categoryKey).key);
    const levels = levelsOf(categoryKey);
    const level = levels[depth - 1];
    if (level === undefined) return null; // the configuration has fewer levels than when the key was given
    const { order } = level;
    const shelves = await shelvesOf(categoryKey);
    const [sample] = await readGroupSamples(database, [{ order, prefix, shelves }]);
    if (!sample || (order !== 'ALBUM' && !isBelow(sample.relativePath, depth - 1))) return null;
    return nameGroup({ category: categoryKey, depth, prefix, levels, sample });
  }

  return {
    list,
    find,
    async itemsOf(group, page) {
      const shelves = await shelvesOf(group.category);
      const field = playedOrder(group);
      const conditions = conditionsOf(database, { order: field, prefix: group.prefix });
      const after = page.cursor === null ? null : decodeCursor(page.backward ? 'before' : 'after', page.cursor, field);
      const part = { limit: page.count + 1, skip: 0, descending: page.backward };
      const rows = await listMedia(database, { shelves, conditions, candidates: null, field, after, ...part });
      const { edges, ...neighbours } = toKeysetPage(page, rows, ({ position }) => encodeCursor(field, position));
      return {
        ...neighbours,
        edges: edges.map(({ cursor, node }) => ({ cursor, node: node.record })),
        totalCount: () => countMedia(database, shelves, { conditions, candidates: null }),
      };
    },
    async firstItems(groups, limit) {
      const items = (await toItems(groups)).map((each) => ({ ...each, order: playedOrder(each) }));
      return readFirstOfGroups(database, items, limit);
    },
    itemCounts: async (groups) => countGroups(database, await toItems(groups)),
    sums: async (groups) => sumGroups(database, await toItems(groups)),
    async childCounts(groups) {
      const counts: (number | null)[] = groups.map(() => null);
      // The groups of one answer may be of several categories and levels.
      const byPlace = new Map<string, { index: number; group: MediaGroup }[]>();
      for (const [index, group] of groups.entries()) {
        const place = `${group.depth} ${group.category}`;
        byPlace.set(place, [...(byPlace.get(place) ?? []), { index, group }]);
      }
      for (const same of byPlace.values()) {
        const { category, depth } = (same[0] as { group: MediaGroup }).group;
        const below = levelsOf(category)[depth];
        if (below === undefined) continue;
        const shelfIds = (await shelvesOf(category)).map(({ id }) => id);
        const walk = { shelfIds, order: below.order, depth: depth + 1, descending: false, limit: Infinity };
        const ranges = same.map(({ group }) => ({ prefix: group.prefix, after: null }));
        const found = await walkGroups(database, walk, ranges);
        for (const [at, { index }] of same.entries()) counts[index] = found[at]?.length ?? 0;
      }
      return counts;
    },
  };
}

/** Folders stand together in two orders; this is the one in which their items are played. */
function playedOrder({ order }: Pick<GroupedItems, 'order'>): 'ALBUM' | 'HIERARCHY' {
  return order === 'ALBUM' ? 'ALBUM' : 'HIERARCHY';
}

/** Whether a file lies so many folders below the root.*/
function isBelow(relativePath: string, folders: number): boolean {
  return relativePath.split('/').length > folders;
}

function positionOf({ backward, cursor }: PageRequest, category: string, depth: number): string {
  const argument = backward ? 'before' : 'after';
  const key = decodeGroupKey(argument, cursor ?? '', category);
  if (key.depth === depth) return key.prefix;
  throw new InvalidInputError(
    argument,
    'The cursor belongs to a list of groups of another level: start again without a cursor.',
  );
}
