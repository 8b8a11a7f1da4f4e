import { execute } from '../api/execute.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { ChosenItemFragment, MediaRange, MediaSelection, SelectedByFilterQuery } from '../generated/graphql.ts';
import { ChosenItem, RangeStartDocument, SelectedByFilterDocument, SelectedByIdDocument } from './documents.ts';

export type Chosen = ChosenItemFragment;

/**
 * Reads the items of a selection, `most` at most: those that were chosen one by one in that order, those between two places in the
 * order of their list, else the oldest first.
 */
export async function readChosen(selection: MediaSelection, most: number, signal?: AbortSignal): Promise<Chosen[]> {
  const { between, except, filter, ids } = selection;
  if (ids) return byIds(ids.slice(0, most).map(String), signal);
  const left = new Set(except?.map(String));
  const found: Chosen[] = [];
  const items = between ? itemsBetween(between, signal) : itemsAfter({ filter, orderBy: oldestFirst }, null, signal);
  for await (const item of items) {
    if (!left.has(item.id)) found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

const oldestFirst = { field: 'CAPTURED_AT', direction: 'ASC' } as const;

async function byIds(ids: readonly string[], signal: AbortSignal | undefined): Promise<Chosen[]> {
  const found: Chosen[] = [];
  for (let at = 0; at < ids.length; at += 100) {
    const { nodes } = await execute(SelectedByIdDocument, { ids: ids.slice(at, at + 100) }, signal);
    for (const node of nodes) if (node?.__typename === 'MediaItem') found.push(readFragment(ChosenItem, node));
  }
  return found;
}

async function* itemsBetween(range: MediaRange, signal: AbortSignal | undefined): AsyncGenerator<Chosen> {
  const { filter, from, to } = range;
  const orderBy = range.orderBy ?? oldestFirst;
  const { mediaPlace } = await execute(RangeStartDocument, { id: from, filter, orderBy }, signal);
  if (!mediaPlace) return;
  yield* await byIds([String(from)], signal);
  if (from === to) return;
  for await (const item of itemsAfter({ filter, orderBy }, mediaPlace.cursor, signal)) {
    yield item;
    if (item.id === to) return;
  }
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
