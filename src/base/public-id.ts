import { InvalidInputError } from './errors/domain-error.ts';
import { isStorableText } from './text.ts';

/**
 * The opaque ID that clients see, in GraphQL and in the URLs of the byte routes: base64url of `Type:key`. Base64url
 * needs no escaping in a path.
 */
export function encodePublicId(typeName: string, key: string | number | bigint): string {
  return Buffer.from(`${typeName}:${key}`).toString('base64url');
}

/** The type and key behind a public ID. Throws InvalidInputError where the text is none. */
export function decodePublicId(publicId: string): { typename: string; id: string } {
  const text = Buffer.from(publicId, 'base64url').toString();
  const separator = text.indexOf(':');
  const typename = text.slice(0, separator);
  if (separator < 1 || !/^[A-Za-z]+$/.test(typename) || !isStorableText(text)) {
    throw new InvalidInputError(
      'id',
      `"${publicId.slice(0, 80)}" is not an ID of this service: give one that it answered.`,
    );
  }
  return { typename, id: text.slice(separator + 1) };
}

/** The number behind the public ID of a media item; null where it names something else or nothing at all. */
export function mediaNumberOf(publicId: string): number | null {
  const text = Buffer.from(publicId, 'base64url').toString();
  return text.startsWith('MediaItem:') ? rowNumberOf(text.slice('MediaItem:'.length)) : null;
}

/** The columns have 32 bits: PostgreSQL takes a larger number for an error, where it is only one that no row has. */
export const maxRowNumber = 2 ** 31 - 1;

/** The number that a text writes in the one way in which it is written; null where no row can have it. */
export function rowNumberOf(text: string): number | null {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  return number <= maxRowNumber ? number : null;
}
