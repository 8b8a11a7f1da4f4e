import { decodeCursor, encodeCursor } from '../../base/paging.ts';
import { maxRowNumber } from '../../base/public-id.ts';
import type { ModelRecord, PendingRecord } from './sql/list-models.ts';

export function encodeModelCursor({ createdAt, sha256 }: ModelRecord): string {
  return encodeCursor(`${createdAt.getTime()}:${sha256}`);
}

/** Throws InvalidInputError for a cursor of another list, or none. */
export function decodeModelCursor(argument: string, cursor: string): { createdAtMs: number; sha256: string } {
  const [time, sha256 = ''] = decodeCursor(argument, cursor, /^(\d{1,15}):([0-9a-f]{64})$/);
  return { createdAtMs: Number(time), sha256 };
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
