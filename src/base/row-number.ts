/** The columns have 32 bits: PostgreSQL takes a larger number for an error, where it is only one that no row has. */
export const largestRowNumber = 2 ** 31 - 1;

/** The number that a text writes in the one way in which it is written; null where no row can have it. */
export function rowNumberOf(text: string): number | null {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  return number <= largestRowNumber ? number : null;
}
