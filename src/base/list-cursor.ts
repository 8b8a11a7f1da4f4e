import { InvalidInputError } from './errors/invalid-input-error.ts';

/** A place in a list as clients see it: opaque to them. */
export function encodeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** The groups that the pattern finds in the place. Throws InvalidInputError for a cursor of another list, or none. */
export function decodeCursor(argument: string, cursor: string, pattern: RegExp): string[] {
  const found = pattern.exec(Buffer.from(cursor, 'base64url').toString());
  if (found === null) {
    throw new InvalidInputError(argument, `"${cursor.slice(0, 80)}" is not a cursor: give one from this list.`);
  }
  return found.slice(1);
}

/** Of a list in the order of its rows' numbers. */
export function encodeIdCursor({ id }: { id: number }): string {
  return encodeCursor(String(id));
}

/** Throws InvalidInputError. */
export function decodeIdCursor(argument: string, cursor: string): number {
  return Number(decodeCursor(argument, cursor, /^(\d{1,9})$/)[0]);
}
