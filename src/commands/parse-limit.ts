import { InvalidArgumentError } from 'commander';

/** Parses the number of a `--limit`. Throws InvalidArgumentError for anything but a whole number of at least 1. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidArgumentError('It is a whole number, at least 1.');
  return limit;
}
