import type { Database } from '../../base/database/database.ts';
import { encodeCursor, encodeShuffledCursor } from './cursor.ts';
import { checkOrder, type MediaOrder } from './media-order.ts';
import { selectMedia, type MediaFilter, type SelectedMedia } from './select-media.ts';
import { bitsFor, createShuffle } from './shuffle.ts';
import { countBeforeOnDay } from './sql/media-days.ts';
import { listMedia, type SortPosition } from './sql/list-media.ts';
import { readHighestId } from './sql/list-shuffled.ts';
import type { SortField } from './sql/sort-columns.ts';
import { dayKeyOf } from './browsing/timeline.ts';

/** Where an item stands in a list. */
export interface MediaPlace {
  /** That of the item itself. */
  cursor: string;
  /** The day of capture, such as `2014-03-05`, where the list is ordered by it; null in other orders. */
  section: string | null;
  /** How many items of its section come before it, in the direction of the list; null in other orders. */
  index: number | null;
}

/** Finds the place of an item in a list; null where the list does not have it. Throws as the list does. */
export async function findPlace(
  database: Database,
  configuredCategories: readonly string[],
  { id, filter, order: asked }: { id: number; filter: MediaFilter; order: MediaOrder },
): Promise<MediaPlace | null> {
  // Where the list begins does not matter.
  const order = checkOrder({ ...asked, from: undefined });
  const list = await selectMedia(database, configuredCategories, filter);
  const position = await findPosition(database, list, order.field === 'RANDOM' ? 'CREATED_AT' : order.field, id);
  if (position === null) return null;
  if (order.field === 'RANDOM') {
    const { seed } = order;
    const bits = bitsFor(await readHighestId(database));
    const cursor = encodeShuffledCursor({ seed, bits, rank: createShuffle(seed, bits).rankOf(id) });
    return { cursor, section: null, index: null };
  }
  const cursor = encodeCursor(order.field, position);
  if (order.field !== 'CAPTURED_AT') return { cursor, section: null, index: null };
  const index = await countBeforeOnDay(database, list, position, order.direction === 'DESC');
  return { cursor, section: dayKeyOf(Number(position.value)), index };
}

/** Returns the position of an item in the list as it is sorted by a field; null where the list does not have it. */
export async function findPosition(
  database: Database,
  list: SelectedMedia,
  field: SortField,
  id: number,
): Promise<SortPosition | null> {
  if (list.candidates !== null && !list.candidates.includes(id)) return null;
  const alone = { ...list, field, candidates: [id], descending: false, after: null, skip: 0, limit: 1 };
  const [found] = await listMedia(database, alone);
  return found?.position ?? null;
}
