import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';
import { parseHttpDate } from '../../../base/http-date.ts';

/** What conditions are compared with. */
export interface Validators {
  etag: string;
  /** Whole seconds, in milliseconds since 1970. */
  lastModifiedMs: number;
}

export type PreconditionResult = 'passed' | 'failed' | 'not-modified';

/** The four preconditions, in the order of RFC 9110 §13.2.2. `failed` is a 412, `not-modified` a 304. */
export function evaluatePreconditions(
  { method, headers }: { method: string; headers: IncomingHttpHeaders },
  validators: Validators,
): PreconditionResult {
  const isSafe = method === 'GET' || method === 'HEAD';
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];

  // An entity tag stands above a date, and a date beside it is not looked at (§13.1.3, §13.1.4).
  if (ifMatch === undefined) {
    const unmodifiedSince = parseDate(headers['if-unmodified-since']);
    if (unmodifiedSince !== null && validators.lastModifiedMs > unmodifiedSince) return 'failed';
  } else if (!matchesStrongly(ifMatch, validators.etag)) {
    return 'failed';
  }

  if (ifNoneMatch === undefined) {
    const modifiedSince = parseDate(headers['if-modified-since']);
    if (isSafe && modifiedSince !== null && validators.lastModifiedMs <= modifiedSince) return 'not-modified';
  } else if (matchesWeakly(ifNoneMatch, validators.etag)) {
    return isSafe ? 'not-modified' : 'failed';
  }
  return 'passed';
}

/** §13.1.1. The tags of this service have no comma in them, so a list can be cut at each one. */
function matchesStrongly(list: string, etag: string): boolean {
  if (list === '*') return true;
  return !etag.startsWith('W/') && list.split(',').some((tag) => tag.trim() === etag);
}

/**
 * §13.1.2. `fresh` is given this one header alone: it would let `Cache-Control: no-cache`, which speaks to caches, undo
 * the condition, and it reads dates with `Date.parse`.
 */
function matchesWeakly(list: string, etag: string): boolean {
  return fresh({ 'if-none-match': list }, { etag });
}

/** A condition whose date is no HTTP-date is ignored (§13.1.3, §13.1.4). Of a repeated one, Node keeps the first. */
function parseDate(value: string | undefined): number | null {
  return value === undefined ? null : parseHttpDate(value);
}
