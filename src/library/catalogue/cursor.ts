import type { MediaOrderField, SortPosition } from './sql/list-media.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxRowNumber } from '../../base/public-id.ts';
import { isStorableText } from '../../base/text.ts';

/**
 * Encodes a position in a list for clients. The cursor names the field that the list is sorted by, since it fits no
 * other.
 */
export function encodeCursor(field: MediaOrderField, position: SortPosition): string {
  return Buffer.from(JSON.stringify([field, position.value, position.id])).toString('base64url');
}

/** Throws InvalidInputError for a cursor that is damaged or comes from a list with another order. */
export function decodeCursor(argument: 'after' | 'before', cursor: string, field: MediaOrderField): SortPosition {
  const parts = parse(cursor);
  if (!isPosition(parts)) {
    throw new InvalidInputError(
      argument,
      `"${cursor.slice(0, 80)}" is not a cursor: give one from pageInfo or an edge of this list.`,
    );
  }
  const [cursorField, value, id] = parts;
  if (cursorField !== field) {
    throw new InvalidInputError(
      argument,
      `The cursor belongs to a list ordered by ${cursorField}, this one is ordered by ${field}: start again without a cursor.`,
    );
  }
  return { value, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined; // not JSON: reported as no cursor by the caller
  }
}

// These values are what the sort column of a field can hold: no cursor of ours has another, and a database may refuse
// it.
const isSortValue: Record<MediaOrderField, (value: unknown) => boolean> = {
  CREATED_AT: isDateValue,
  UPDATED_AT: isDateValue,
  MODIFIED_AT: isDateValue,
  CAPTURED_AT: isDateValue,
  TITLE: isTextValue,
  FILENAME: isTextValue,
  STATUS: isTextValue,
  SIZE: Number.isSafeInteger,
  DURATION: Number.isFinite,
};

function isPosition(parts: unknown): parts is [MediaOrderField, string | number, number] {
  if (!Array.isArray(parts) || parts.length !== 3) return false;
  const [field, value, id] = parts as unknown[];
  if (typeof field !== 'string' || !Object.hasOwn(isSortValue, field)) return false;
  const isId = Number.isSafeInteger(id) && Math.abs(Number(id)) <= maxRowNumber;
  return isId && isSortValue[field as MediaOrderField](value);
}

/** A Date can be made of this many milliseconds: ECMA-262, section 21.4.1.1. */
function isDateValue(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) <= 8.64e15;
}

function isTextValue(value: unknown): boolean {
  return typeof value === 'string' && isStorableText(value);
}
