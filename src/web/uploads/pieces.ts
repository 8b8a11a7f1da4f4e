const mebi = 1024 ** 2;
const sizes = [Infinity, 32 * mebi, 4 * mebi, mebi / 2] as const;

/** How many bytes of a file a request carries: all that is left, until something on the way takes no request of that size. */
export interface Pieces {
  bytes(): number;
  /** Makes them smaller than what was tried, unless that has happened since; false where they are as small as they get. */
  shrink(triedBytes: number): boolean;
}

/** Reverse proxies take bodies up to a limit of their own, such as nginx's 1 MiB; it is the same for all files. */
export function createPieces(): Pieces {
  let at = 0;
  const bytes = () => sizes[at] ?? mebi / 2;
  return {
    bytes,
    shrink(triedBytes) {
      if (bytes() < triedBytes) return true;
      if (at === sizes.length - 1) return false;
      at++;
      return true;
    },
  };
}
