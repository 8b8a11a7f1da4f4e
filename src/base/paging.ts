import type { PageRequest } from './page-request.ts';

/** A part of a list, always in the list's own order. */
export interface KeysetPage<T> {
  edges: { cursor: string; node: T }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** Makes a page of what was read in the request's direction: one more than asked for tells that the list goes on. */
export function toKeysetPage<T>(
  { count, backward, cursor }: PageRequest,
  read: readonly T[],
  cursorOf: (node: T) => string,
): KeysetPage<T> {
  const hasMore = read.length > count;
  const edges = read.slice(0, count).map((node) => ({ cursor: cursorOf(node), node }));
  if (backward) edges.reverse();
  return {
    edges,
    hasNextPage: backward ? cursor !== null : hasMore,
    hasPreviousPage: backward ? hasMore : cursor !== null,
  };
}
