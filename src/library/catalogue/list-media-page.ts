import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { type KeysetPage, type PageRequest, toKeysetPage } from '../../base/paging.ts';
import { decodeCursor, decodeShuffledCursor, encodeCursor, encodeShuffledCursor } from './cursor.ts';
import { checkOrder, startOf, type MediaOrder, type ShuffledOrder, type SortedOrder } from './media-order.ts';
import { selectMedia, type MediaFilter, type SelectedMedia } from './select-media.ts';
import { bitsFor, createShuffle } from './shuffle.ts';
import { countMedia, listMedia } from './sql/list-media.ts';
import { listShuffled, readHighestId } from './sql/list-shuffled.ts';
import type { MediaRecord } from './sql/media-rows.ts';

export interface MediaPageRequest extends PageRequest {
  /** How many items are passed over, from the cursor on or from where the list begins. */
  skip: number;
}

export interface MediaPage extends KeysetPage<MediaRecord> {
  /** Counts on demand: most pages are never counted. */
  totalCount(): Promise<number>;
}

export const maxSkip = 10_000;

/**
 * Returns a page of the catalogue in a stable order: cursors stay right while rows are added, ties are broken by age.
 * Throws InvalidInputError for a cursor that does not fit, a value to begin at that the order has not, a search term that is too long and a SHA-256 that is none,
 * UnknownCategoryError for a category that is neither configured nor holds any item.
 */
export async function listMediaPage(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
  asked: MediaOrder,
  page: MediaPageRequest,
): Promise<MediaPage> {
  const list = await selectMedia(database, configuredCategories, filter);
  checkPage(asked, page);
  const order = checkOrder(asked);
  const { count, backward } = page;
  // One row more than asked for shows whether the list goes on.
  const part = { limit: count + 1, skip: page.skip, descending: (order.direction === 'DESC') !== backward };
  const rows =
    order.field === 'RANDOM'
      ? await readShuffled(database, list, order, page, part)
      : await readSorted(database, list, order, page, part);
  const { edges, ...neighbours } = toKeysetPage(page, rows, ({ cursor }) => cursor);
  // Whoever begins further down has something above.
  const begins = !backward && page.cursor === null && (page.skip > 0 || order.from !== undefined);
  return {
    ...neighbours,
    hasPreviousPage: neighbours.hasPreviousPage || begins,
    edges: edges.map((edge) => ({ cursor: edge.cursor, node: edge.node.record })),
    totalCount: () => countMedia(database, list.shelves, list),
  };
}

interface ListedPart {
  record: MediaRecord;
  cursor: string;
}

interface PartRequest {
  limit: number;
  skip: number;
  descending: boolean;
}

function checkPage({ from }: MediaOrder, { backward, cursor, skip }: MediaPageRequest): void {
  if (skip < 0 || skip > maxSkip) {
    throw new InvalidInputError('skip', `\`skip\` is ${skip}; 0 to ${maxSkip} items can be passed over.`);
  }
  if (from !== undefined && (backward || cursor !== null)) {
    const message = '`from` says where the list begins: it goes with `first`, and without a cursor.';
    throw new InvalidInputError('orderBy.from', message);
  }
}

async function readSorted(
  database: Database,
  list: SelectedMedia,
  order: SortedOrder,
  { backward, cursor }: MediaPageRequest,
  part: PartRequest,
): Promise<ListedPart[]> {
  const { field } = order;
  const after = cursor === null ? startOf(order) : decodeCursor(backward ? 'before' : 'after', cursor, field);
  const rows = await listMedia(database, { ...list, ...part, field, after });
  return rows.map(({ record, position }) => ({ record, cursor: encodeCursor(field, position) }));
}

async function readShuffled(
  database: Database,
  list: SelectedMedia,
  { seed }: ShuffledOrder,
  { backward, cursor }: MediaPageRequest,
  { limit, skip, descending }: PartRequest,
): Promise<ListedPart[]> {
  const position = cursor === null ? null : decodeShuffledCursor(backward ? 'before' : 'after', cursor, seed);
  // The order of a list that was begun stays, whatever is added meanwhile.
  const bits = position?.bits ?? bitsFor(await readHighestId(database));
  const shuffle = createShuffle(seed, bits);
  const after = position?.rank ?? null;
  const rows = await listShuffled(database, { ...list, shuffle, descending, after, limit: limit + skip });
  return rows.slice(skip).map(({ record, rank }) => ({ record, cursor: encodeShuffledCursor({ seed, bits, rank }) }));
}
