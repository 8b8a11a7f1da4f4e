import { InvalidInputError } from './errors/invalid-input-error.ts';

/** The paging arguments of a connection, as Relay's specification has them. */
export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

export interface PageRequest {
  count: number;
  /** Read from the end of the list (or from `before`) towards its start. */
  backward: boolean;
  cursor: string | null;
}

export const largestPage = 200;
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
  if (count < 0 || count > largestPage) {
    throw new InvalidInputError(argument, `\`${argument}\` is ${count}; a page has 0 to ${largestPage} items.`);
  }
  return { count, backward, cursor: (backward ? before : after) ?? null };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
