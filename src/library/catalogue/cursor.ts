import type { SortPosition } from './sql/list-media.ts';
import { isListField, sortColumnOf, type ListField } from './sql/sort-columns.ts';
import { maxShuffleBits } from './shuffle.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxRowNumber } from '../../base/public-id.ts';
import { isStorableText } from '../../base/text.ts';

/**
 * Encodes a position in a list for clients. The cursor names the field that the list is sorted by, since it fits no
 * other.
 */
export function encodeCursor(field: ListField, position: SortPosition): string {
  return Buffer.from(JSON.stringify([field, position.value, position.id])).toString('base64url');
}

/** Throws InvalidInputError for a cursor that is damaged or comes from a list with another order. */
export function decodeCursor(argument: string, cursor: string, field: ListField): SortPosition {
  const parts = parse(cursor);
  if (isShuffled(parts)) throw fromOtherOrder(argument, 'RANDOM', field);
  if (!isPosition(parts)) throw noCursor(argument, cursor);
  const [cursorField, value, id] = parts;
  if (cursorField !== field) throw fromOtherOrder(argument, cursorField, field);
  return { value, id };
}

/** A position in a list in random order. */
export interface ShuffledPosition {
  seed: number;
  /** How many numbers were shuffled, as a power of two. */
  bits: number;
  rank: number;
}

export function encodeShuffledCursor({ seed, bits, rank }: ShuffledPosition): string {
  return Buffer.from(JSON.stringify(['RANDOM', seed, bits, rank])).toString('base64url');
}

/** Throws InvalidInputError for a cursor that is damaged or comes from a list with another order or seed. */
export function decodeShuffledCursor(argument: string, cursor: string, seed: number): ShuffledPosition {
  const parts = parse(cursor);
  if (isPosition(parts)) throw fromOtherOrder(argument, parts[0], 'RANDOM');
  if (!isShuffled(parts)) throw noCursor(argument, cursor);
  const [, cursorSeed, bits, rank] = parts;
  if (cursorSeed !== seed) {
    const message = `The cursor belongs to the order of the seed ${cursorSeed}, this one has ${seed}: start again without a cursor.`;
    throw new InvalidInputError(argument, message);
  }
  return { seed, bits, rank };
}

function noCursor(argument: string, cursor: string): InvalidInputError {
  return new InvalidInputError(
    argument,
    `"${cursor.slice(0, 80)}" is not a cursor: give one from pageInfo or an edge of this list.`,
  );
}

function fromOtherOrder(argument: string, cursorField: string, field: string): InvalidInputError {
  return new InvalidInputError(
    argument,
    `The cursor belongs to a list ordered by ${cursorField}, this one is ordered by ${field}: start again without a cursor.`,
  );
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
const isSortValue = { date: isDateValue, text: isTextValue, number: Number.isFinite };

function isPosition(parts: unknown): parts is [ListField, string | number, number] {
  if (!Array.isArray(parts) || parts.length !== 3) return false;
  const [field, value, id] = parts as unknown[];
  if (typeof field !== 'string' || !isListField(field)) return false;
  const isId = Number.isSafeInteger(id) && Math.abs(Number(id)) <= maxRowNumber;
  if (!isId || !isSortValue[sortColumnOf(field).kind](value)) return false;
  return field !== 'SIZE' || Number.isSafeInteger(value);
}

function isShuffled(parts: unknown): parts is ['RANDOM', number, number, number] {
  if (!Array.isArray(parts) || parts.length !== 4) return false;
  const [field, seed, bits, rank] = parts as unknown[];
  return (
    field === 'RANDOM' &&
    isWithin(seed, -(2 ** 31), 2 ** 31 - 1) &&
    isWithin(bits, 2, maxShuffleBits) &&
    isWithin(rank, 0, 2 ** bits - 1)
  );
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}

/** A Date can be made of this many milliseconds: ECMA-262, section 21.4.1.1. */
function isDateValue(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) <= 8.64e15;
}

function isTextValue(value: unknown): boolean {
  return typeof value === 'string' && isStorableText(value);
}
