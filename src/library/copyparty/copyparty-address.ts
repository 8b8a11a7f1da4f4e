import { PathOutsideRootError } from '../../base/files/file-errors.ts';

/** A thumbnail's type, `f` for uncropped, `3` for three times the size. */
type ThumbnailFormat = `${'j' | 'w'}${'' | 'f'}${'' | '3'}`;

/** All queries that are ever sent to copyparty. */
export type CopypartyQuery = { ls: true } | { scan: true } | { th: ThumbnailFormat } | { zip: 'utf-8' };

/**
 * The path and query of a request for something below copyparty's root. `path` begins with a slash and is escaped here,
 * segment by segment, so that no name of a file can become a query. Throws PathOutsideRootError for a path that copyparty
 * would take for another one, or for more than a path.
 */
export function toCopypartyAddress(path: string, query?: CopypartyQuery): string {
  const [root, ...segments] = path.split('/');
  if (root !== '' || segments.length === 0 || !segments.every(isPlain) || isOwnPage(segments))
    throw new PathOutsideRootError(path);
  return `/${segments.map(encodeURIComponent).join('/')}${query ? toSearch(query) : ''}`;
}

/** The path in copyparty of a file below a category's root. */
export function joinCopypartyPath(copypartyPath: string, relativePath: string): string {
  return `${copypartyPath === '/' ? '' : copypartyPath}/${relativePath}`;
}

/** Whether a segment is a plain name. Only the last one may be empty: that of a folder. */
function isPlain(segment: string, index: number, { length }: readonly string[]): boolean {
  if (segment === '') return index === length - 1;
  // Half a surrogate pair cannot be escaped, and no file is called so.
  return segment !== '.' && segment !== '..' && !/\0|\p{Cs}/u.test(segment);
}

/** Copyparty's pages lie below `/.cpr`. The segment after a folder called `.uqe` is read as a query, in base64. */
function isOwnPage(segments: readonly string[]): boolean {
  return segments[0]?.startsWith('.cpr') === true || segments.includes('.uqe');
}

function toSearch(query: CopypartyQuery): string {
  return `?${Object.entries(query)
    .map(([name, value]) => (value === true ? name : `${name}=${value}`))
    .join('&')}`;
}
