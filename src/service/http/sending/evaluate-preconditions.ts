import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';
import { parseHttpDate } from '../../../base/http-date.ts';

/** The values that conditions are compared with. */
export interface Validators {
  etag: string;
  /** Milliseconds since 1970, in whole seconds. */
  lastModifiedMs: number;
}

export type PreconditionResult = 'passed' | 'failed' | 'not-modified';

/** Evaluates the four preconditions in the order of RFC 9110 §13.2.2. `failed` means 412, `not-modified` means 304. */
export function evaluatePreconditions(
  { method, headers }: { method: string; headers: IncomingHttpHeaders },
  validators: Validators,
): PreconditionResult {
  const isSafe = method === 'GET' || method === 'HEAD';
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];

  // An entity tag takes precedence: a date beside it is ignored (§13.1.3, §13.1.4).
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

/** Compares strongly, for If-Match (§13.1.1). The tags of this service have no comma, so lists are split at commas. */
function matchesStrongly(list: string, etag: string): boolean {
  if (list === '*') return true;
  return !etag.startsWith('W/') && list.split(',').some((tag) => tag.trim() === etag);
}

/**
 * Compares weakly, for If-None-Match (§13.1.2). `fresh` gets only this header: it would let `Cache-Control: no-cache`,
 * which is meant for caches, undo the condition, and it reads dates with `Date.parse`.
 */
function matchesWeakly(list: string, etag: string): boolean {
  // It knows no tabs, which may stand beside the commas (§5.6.1), and in no tag (§8.8.3).
  return fresh({ 'if-none-match': list.replaceAll('\t', ' ') }, { etag });
}

/**
 * Returns null for a date that is not an HTTP-date: its condition is ignored (§13.1.3, §13.1.4). Node keeps the first
 * of a repeated header.
 */
function parseDate(value: string | undefined): number | null {
  return value === undefined ? null : parseHttpDate(value);
}
