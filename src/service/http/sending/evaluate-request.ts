import type { IncomingHttpHeaders } from 'node:http';
import type { ByteRange, ByteSource } from '../../../library/delivery/byte-source.ts';
import { evaluatePreconditions, type Validators } from './evaluate-preconditions.ts';
import { formatHttpDate, parseHttpDate } from '../../../base/http-date.ts';
import { selectRange } from './select-range.ts';

export interface ConditionalRequest {
  method: string;
  headers: IncomingHttpHeaders;
}

export interface Decision {
  status: 200 | 206 | 304 | 412 | 416;
  /** The headers that describe what is sent, with names in lower case. */
  headers: Record<string, string>;
  /** The bytes to read from the source; null where none are sent: HEAD, an empty file, and 304, 412 and 416. */
  range: ByteRange | null;
}

type SourceFacts = Pick<ByteSource, 'sizeBytes' | 'modifiedAt' | 'etag'>;

/** Decides how to answer a request for a file, by RFC 9110 §13 and §14. Pure: `now` is the time of the answer. */
export function evaluateRequest(request: ConditionalRequest, source: SourceFacts, now: Date): Decision {
  const { sizeBytes, etag } = source;
  const validators = { etag, lastModifiedMs: findLastModified(source.modifiedAt, now) };
  const outcome = evaluatePreconditions(request, validators);
  if (outcome === 'failed') return { status: 412, headers: {}, range: null };
  // A 304 carries what a cache may update, and no length (§15.4.5).
  if (outcome === 'not-modified') return { status: 304, headers: { etag }, range: null };

  const selected = isRangeWanted(request, validators, now) ? selectRange(request.headers.range, sizeBytes) : 'whole';
  if (selected === 'unsatisfiable') {
    return { status: 416, headers: { 'accept-ranges': 'bytes', 'content-range': `bytes */${sizeBytes}` }, range: null };
  }
  const headers = {
    'accept-ranges': 'bytes',
    etag,
    'last-modified': formatHttpDate(validators.lastModifiedMs),
  };
  if (selected === 'whole') {
    const isSent = request.method !== 'HEAD' && sizeBytes > 0;
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(sizeBytes) },
      range: isSent ? { start: 0, end: sizeBytes - 1 } : null,
    };
  }
  const { start, end } = selected;
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${sizeBytes}`,
    },
    range: selected,
  };
}

/**
 * Returns whole seconds, in milliseconds, and never later than the answer (§8.8.2.1): clocks and archives do put files
 * in the future.
 */
function findLastModified(modifiedAt: Date, now: Date): number {
  return Math.floor(Math.min(modifiedAt.getTime(), now.getTime()) / 1000) * 1000;
}

type RangeRequest = ConditionalRequest & { headers: { range: string } };

/** Ranges are defined for GET only (§14.2), and If-Range demands that the file is still the one it began with. */
function isRangeWanted(request: ConditionalRequest, validators: Validators, now: Date): request is RangeRequest {
  const { range, 'if-range': ifRange } = request.headers;
  if (request.method !== 'GET' || range === undefined) return false;
  return ifRange === undefined || isSameVersion(String(ifRange), validators, now);
}

/**
 * Whether If-Range holds (§13.1.5). Only a strong validator will do, since the client joins the bytes with older ones.
 * A date is strong once its second is over (§8.8.2.2), and must be the same, not just later.
 */
function isSameVersion(ifRange: string, { etag, lastModifiedMs }: Validators, now: Date): boolean {
  if (ifRange.includes('"')) return ifRange === etag && !etag.startsWith('W/');
  return parseHttpDate(ifRange) === lastModifiedMs && now.getTime() - lastModifiedMs >= 1000;
}
