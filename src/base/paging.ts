import { InvalidInputError } from './errors/domain-error.ts';

/** The paging arguments of a connection, as Relay's specification defines them. */
export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

export interface PageRequest {
  count: number;
  /** Whether to read from the end of the list (or from `before`) towards its start. */
  backward: boolean;
  cursor: string | null;
}

export const maxPageSize = 200;
const defaultPage = 50;

/** Checks the paging arguments of a connection; throws InvalidInputError with the one at fault. */
export function toPageRequest({ first, after, last, before }: PageArguments): PageRequest {
  if (isGiven(first) && isGiven(last)) {
    throw new InvalidInputError('last', 'Give `first` (with `after`) or `last` (with `before`), not both.');
  }
  const backward = isGiven(last) || (isGiven(before) && !isGiven(first));
  if (backward && isGiven(after))
    throw new InvalidInputError('after', '`after` goes with `first`, `before` with `last`.');
  if (!backward && isGiven(before))
    throw new InvalidInputError('before', '`before` goes with `last`, `after` with `first`.');
  const argument = backward ? 'last' : 'first';
  const count = (backward ? last : first) ?? defaultPage;
  if (count < 0 || count > maxPageSize) {
    throw new InvalidInputError(argument, `\`${argument}\` is ${count}; a page has 0 to ${maxPageSize} items.`);
  }
  return { count, backward, cursor: (backward ? before : after) ?? null };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** A part of a list, always in the list's own order. */
export interface KeysetPage<T> {
  edges: { cursor: string; node: T }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/**
 * Makes a page of what was read in the request's direction: one row more than asked for shows that the list goes on.
 */
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

/** Encodes a position in a list as the opaque cursor that clients get. */
export function encodeCursor(position: string): string {
  return Buffer.from(position).toString('base64url');
}

/**
 * Returns the groups that the pattern finds in the position. Throws InvalidInputError for anything but a cursor of this
 * list.
 */
export function decodeCursor(argument: string, cursor: string, pattern: RegExp): string[] {
  const found = pattern.exec(Buffer.from(cursor, 'base64url').toString());
  if (found === null) {
    throw new InvalidInputError(argument, `"${cursor.slice(0, 80)}" is not a cursor: give one from this list.`);
  }
  return found.slice(1);
}

/** Encodes the cursor of a row in a list that is in the order of its rows' numbers. */
export function encodeIdCursor({ id }: { id: number }): string {
  return encodeCursor(String(id));
}

/** Returns the number of the row. Throws InvalidInputError for anything but a cursor of `encodeIdCursor`. */
export function decodeIdCursor(argument: string, cursor: string): number {
  return Number(decodeCursor(argument, cursor, /^(\d{1,9})$/)[0]);
}

/** Returns the rows that `find` returns for the numbers, in their order; null for each number without a row. */
export async function findInOrder<Row extends { id: number }>(
  ids: readonly (number | null)[],
  find: (known: number[]) => Promise<readonly Row[]>,
): Promise<(Row | null)[]> {
  const rows = await find(ids.filter((id) => id !== null));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => (id === null ? null : (byId.get(id) ?? null)));
}
