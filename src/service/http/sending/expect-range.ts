import type { ConditionalRequest } from './evaluate-request.ts';
import type { ExpectedRange } from '../../../library/delivery/byte-source.ts';

/**
 * What a request will most likely be answered with, as far as that can be told before anything is known of the file;
 * null where it is likely that no bytes are sent, or only the size of the file tells which. A source that is far away
 * can then ask for facts and bytes at once.
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

// If-Range is none of them: it nearly always holds.
const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const;
