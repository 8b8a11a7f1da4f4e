import type { ConditionalRequest } from './evaluate-request.ts';
import type { ExpectedRange } from '../../../library/delivery/byte-source.ts';

/**
 * Predicts the range that a request will most likely be answered with, before anything is known about the file; null
 * where probably no bytes are sent, or the range depends on the size of the file. A remote source can then ask for
 * facts and bytes at once.
 */
export function expectRange({ method, headers }: ConditionalRequest): ExpectedRange | null {
  if (method !== 'GET' || conditions.some((name) => headers[name] !== undefined)) return null;
  if (headers.range === undefined) return { start: 0, end: null };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/i.exec(headers.range) ?? [];
  if (first === undefined) return null;
  const start = Number(first);
  const end = last ? Number(last) : null;
  return end !== null && end < start ? null : { start, end };
}

// If-Range is left out: it nearly always holds.
const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const;
