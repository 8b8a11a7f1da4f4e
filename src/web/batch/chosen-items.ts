import { execute } from '../api/execute.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { ChosenItemFragment, MediaRange, MediaSelection, SelectedByFilterQuery } from '../generated/graphql.ts';
import { SelectedCountDocument } from '../media/list-documents.ts';
import { ChosenItem, RangeStartDocument, SelectedByFilterDocument, SelectedByIdDocument } from './documents.ts';

export type Chosen = ChosenItemFragment;

/**
 * Reads the items of a selection, `most` at most, part after part: those that were chosen one by one in that order, those of a stretch in the
 * order of their list, else the oldest first.
 */
export async function readChosen(
  selections: readonly MediaSelection[],
  most: number,
  signal?: AbortSignal,
): Promise<Chosen[]> {
  const found: Chosen[] = [];
  for (const selection of selections) {
    for await (const item of itemsOf(selection, signal)) {
      if (found.length >= most) return found;
      found.push(item);
    }
  }
  return found;
}

async function* itemsOf(selection: MediaSelection, signal: AbortSignal | undefined): AsyncGenerator<Chosen> {
  const { between, except, filter, ids } = selection;
  if (ids) {
    yield* itemsById(ids.map(String), signal);
    return;
  }
  // A stretch may end at a cursor, which no item has: it ends after as many as the service counts in it.
  let left = between
    ? (await execute(SelectedCountDocument, { selection }, signal)).selectedMediaCount
    : Number.POSITIVE_INFINITY;
  if (left === 0) return;
  const excepted = new Set(except?.map(String));
  const items = between ? itemsFrom(between, signal) : itemsAfter({ filter, orderBy: oldestFirst }, null, signal);
  for await (const item of items) {
    if (excepted.has(item.id)) continue;
    yield item;
    if (--left <= 0) return;
  }
}

const oldestFirst = { field: 'CAPTURED_AT', direction: 'ASC' } as const;

async function* itemsById(ids: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<Chosen> {
  for (let at = 0; at < ids.length; at += 100) {
    const { nodes } = await execute(SelectedByIdDocument, { ids: ids.slice(at, at + 100) }, signal);
    for (const node of nodes) if (node?.__typename === 'MediaItem') yield readFragment(ChosenItem, node);
  }
}

/** The items from one end of a stretch on, to the end of the list. */
async function* itemsFrom(range: MediaRange, signal: AbortSignal | undefined): AsyncGenerator<Chosen> {
  const { filter } = range;
  const from = String(range.from);
  const orderBy = range.orderBy ?? oldestFirst;
  if (!isItemId(from)) {
    yield* itemsAfter({ filter, orderBy }, from, signal);
    return;
  }
  const { mediaPlace } = await execute(RangeStartDocument, { id: from, filter, orderBy }, signal);
  if (!mediaPlace) return;
  yield* itemsById([from], signal);
  yield* itemsAfter({ filter, orderBy }, mediaPlace.cursor, signal);
}

/** An end of a stretch is an ID, which is base64url of `MediaItem:` and a number, or else a cursor. */
function isItemId(end: string): boolean {
  return end.startsWith(btoa('MediaItem:').slice(0, 13));
}

async function* itemsAfter(
  list: Pick<MediaRange, 'filter'> & { orderBy: NonNullable<MediaRange['orderBy']> },
  start: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chosen> {
  let after: string | null = start;
  do {
    const { media }: SelectedByFilterQuery = await execute(SelectedByFilterDocument, { ...list, after }, signal);
    for (const { node } of media.edges) yield readFragment(ChosenItem, node);
    after = media.pageInfo.hasNextPage ? (media.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
}
