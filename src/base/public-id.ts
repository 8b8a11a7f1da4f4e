import { InvalidInputError } from './errors/domain-error.ts';
import { isStorableText } from './text.ts';

/**
 * Encodes the opaque ID that clients see, in GraphQL and in the URLs of the byte routes: base64url of `Type:key`.
 * Base64url needs no escaping in a path.
 */
export function encodePublicId(typeName: string, key: string | number | bigint): string {
  return Buffer.from(`${typeName}:${key}`).toString('base64url');
}

/** Decodes the type and key of a public ID. Throws InvalidInputError where the text is none. */
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

/** Returns the number of the media item that a public ID names; null where it names something else or nothing. */
export function mediaNumberOf(publicId: string): number | null {
  const text = Buffer.from(publicId, 'base64url').toString();
  return text.startsWith('MediaItem:') ? rowNumberOf(text.slice('MediaItem:'.length)) : null;
}

/**
 * The largest number of the columns' 32 bits: PostgreSQL fails on a larger one, though it only is one that no row has.
 */
export const maxRowNumber = 2 ** 31 - 1;

/** Parses the number of a row, which has one spelling only; null where no row can have it. */
export function rowNumberOf(text: string): number | null {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  return number <= maxRowNumber ? number : null;
}
