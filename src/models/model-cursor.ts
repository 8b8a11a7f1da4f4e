import type { ModelRecord, PendingRecord } from '../database/statements/list-models.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';

export function encodeModelCursor({ createdAt, sha256 }: ModelRecord): string {
  return Buffer.from(`${createdAt.getTime()}:${sha256}`).toString('base64url');
}

/** Throws InvalidInputError for a cursor of another list, or none. */
export function decodeModelCursor(argument: string, cursor: string): { createdAtMs: number; sha256: string } {
  const [, time, sha256] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(decode(cursor)) ?? [];
  if (time === undefined || sha256 === undefined) throw noCursor(argument, cursor);
  return { createdAtMs: Number(time), sha256 };
}

export function encodePendingCursor({ id }: PendingRecord): string {
  return Buffer.from(`pending:${id}`).toString('base64url');
}

/** Throws InvalidInputError for a cursor of another list, or none. */
export function decodePendingCursor(argument: string, cursor: string): number {
  const [, id] = /^pending:(\d{1,9})$/.exec(decode(cursor)) ?? [];
  if (id === undefined) throw noCursor(argument, cursor);
  return Number(id);
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}

function noCursor(argument: string, cursor: string): InvalidInputError {
  return new InvalidInputError(argument, `"${cursor.slice(0, 80)}" is not a cursor: give one from this list.`);
}
