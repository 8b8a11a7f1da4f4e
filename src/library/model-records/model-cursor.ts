import { decodeCursor, encodeCursor } from '../../base/paging.ts';
import { maxRowNumber } from '../../base/public-id.ts';
import type { ModelOrder, ModelPosition } from './model-order.ts';
import type { ListedModel, PendingRecord } from './sql/list-models.ts';

/** Encodes a place; that in the order of creation has the form of earlier versions. */
export function encodeModelCursor({ field }: ModelOrder, { sortValue, sha256 }: ListedModel): string {
  return encodeCursor(field === 'CREATED_AT' ? `${sortValue}:${sha256}` : `${field}:${sha256}:${sortValue}`);
}

/** Throws InvalidInputError for a cursor of another list or order, or none. */
export function decodeModelCursor({ field }: ModelOrder, argument: string, cursor: string): ModelPosition {
  if (field === 'CREATED_AT') {
    const [time, sha256 = ''] = decodeCursor(argument, cursor, /^(\d{1,15}):([0-9a-f]{64})$/);
    return { value: Number(time), sha256 };
  }
  const form = field === 'NAME' ? '[^\\0]{0,2048}' : '-?\\d{1,15}';
  const [sha256 = '', value = ''] = decodeCursor(argument, cursor, new RegExp(`^${field}:([0-9a-f]{64}):(${form})$`));
  return { value: field === 'NAME' ? value : Number(value), sha256 };
}

export function encodePendingCursor({ id }: PendingRecord): string {
  return encodeCursor(`pending:${id}`);
}

/** Throws InvalidInputError for a cursor of another list, or none. */
export function decodePendingCursor(argument: string, cursor: string): number {
  const id = Number(decodeCursor(argument, cursor, /^pending:(\d{1,10})$/)[0]);
  // No row has a higher id, and a column of 32 bits cannot be compared with one.
  return Math.min(id, maxRowNumber);
}
