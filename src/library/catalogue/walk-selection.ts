import { inBatches } from '../../base/async/in-batches.ts';
import type { Database } from '../../base/database/database.ts';
import { dialectOf, join, raw, sql, timestampOf } from '../../base/database/sql.ts';
import { unpackIds } from './id-set.ts';
import type { FrozenRange } from './media-range.ts';
import { reviveFilter, type FrozenSelection } from './media-selection.ts';
import { selectMedia } from './select-media.ts';
import { createShuffle } from './shuffle.ts';
import { amongCandidates } from './sql/media-conditions.ts';
import { and } from './sql/list-media.ts';
import { countSelected, readSelected, type SelectedItems } from './sql/read-selected.ts';
import { readShelves } from './sql/shelves.ts';
import { isWithin, readRangeCandidates } from './sql/within-range.ts';

/** Some items of a selection. */
export interface SelectedBatch {
  /** In ascending order; there may be none. */
  ids: number[];
  /** Up to this id, all items of the selection were in this batch or an earlier one. */
  end: number;
}

/** The items of a selection, by id. */
export interface SelectionWalk {
  /** Counts the items behind that id; without conditions, those of the shelves, which may be some that came since. */
  count(after: number): Promise<number>;
  /** Each item is looked at when its turn comes: one that is not meant any more is left out. */
  batches(after: number, size?: () => number): AsyncGenerator<SelectedBatch, void, void>;
}

/** SQLite reads on this thread, so requests are answered only between two statements. */
const usualSize = () => 250;
/** How many ids a statement looks through in search of items that meet a filter. */
export const windowSize = 5000;

/** Throws what `selectMedia` throws: a category may have gone from the configuration since. */
export async function walkSelection(
  database: Database,
  configuredCategories: readonly string[],
  selection: FrozenSelection,
): Promise<SelectionWalk> {
  if ('ids' in selection) return walkIds(selection.ids);
  const { highestId } = selection;
  const items =
    'filter' in selection
      ? await itemsOfFilter(database, configuredCategories, selection)
      : await itemsOfMoment(database, new Date(selection.deletedAt));
  return {
    count: async (after) =>
      after === 0 && items.total !== undefined
        ? items.total
        : countSelected(database, items, { after, upTo: highestId, windowSize }),
    async *batches(after, size = usualSize) {
      for (let end = after; end < highestId;) {
        const limit = size();
        // A few candidates are looked up as they are; the others stand anywhere among the ids.
        const upTo = items.areFew ? highestId : Math.min(end + windowSize, highestId);
        const ids = await readSelected(database, items, { after: end, upTo, limit });
        end = ids.length < limit ? upTo : (ids.at(-1) ?? upTo);
        yield { ids: items.keeps ? ids.filter(items.keeps) : ids, end };
      }
    },
  };
}

function walkIds(ids: readonly number[]): SelectionWalk {
  const behind = (after: number) => ids.filter((id) => id > after);
  return {
    count: async (after) => behind(after).length,
    async *batches(after, size = usualSize) {
      for (const batch of inBatches(behind(after), size)) yield { ids: batch, end: batch.at(-1) ?? after };
    },
  };
}

async function itemsOfFilter(
  database: Database,
  configuredCategories: readonly string[],
  { filter, except, range, only }: Extract<FrozenSelection, { except: number[] }>,
): Promise<SelectedItems> {
  const { shelves, conditions, ...list } = await selectMedia(database, configuredCategories, reviveFilter(filter));
  const shelfIds = shelves.map(({ id }) => id);
  if (shelfIds.length === 0) return { where: sql`1 = 0`, except, areFew: true };
  if (range !== undefined && range.field !== 'RANDOM') conditions.push(isWithin(database, range));
  const candidates =
    list.candidates ?? (range === undefined ? null : await readRangeCandidates(database, shelves, range));
  // The unary plus has the items read by their ids, a window at a time.
  const among =
    candidates === null ? sql`+m.shelf_id IN (${join(shelfIds)})` : amongCandidates(database, candidates, shelfIds);
  const tests = [
    ...(range?.field === 'RANDOM' ? [isShuffledInto(range)] : []),
    ...(only === undefined ? [] : [await unpackIds(only)]),
  ];
  const keeps = tests.length === 0 ? {} : { keeps: (id: number) => tests.every((isMeant) => isMeant(id)) };
  // Whole shelves know how many they have: counting a hundred thousand rows takes as long as changing twenty thousand.
  const isWhole = conditions.length === 0 && tests.length === 0 && except.length === 0;
  const whole = isWhole ? { total: shelves.reduce((sum, { itemCount }) => sum + itemCount, 0) } : {};
  return { where: sql`${among}${and(conditions)}`, except, areFew: candidates !== null, ...keeps, ...whole };
}

/** A shuffle is no SQL: it is asked for each id. */
function isShuffledInto({ seed, bits, low, high }: Extract<FrozenRange, { field: 'RANDOM' }>): (id: number) => boolean {
  const shuffle = createShuffle(seed, bits);
  return (id) => {
    const rank = id < 2 ** bits ? shuffle.rankOf(id) : -1;
    return rank >= low && rank <= high;
  };
}

async function itemsOfMoment(database: Database, deletedAt: Date): Promise<SelectedItems> {
  const shelves = (await readShelves(database)).filter(({ status }) => status === 'DELETED').map(({ id }) => id);
  const deleted = sql`+m.shelf_id IN (${shelves.length === 0 ? raw('NULL') : join(shelves)})`;
  const where = sql`${deleted} AND m.deleted_at = ${timestampOf(dialectOf(database), deletedAt)}`;
  return { where, except: [], areFew: false };
}
