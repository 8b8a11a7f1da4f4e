import type { Readable } from 'node:stream';

// No others leave the client: Set-Cookie holds the password, and the rest is nobody's business or said anew.
const readHeaders = [
  'content-type',
  'content-length',
  'content-range',
  'content-encoding',
  'last-modified',
  // The address of what was stored: its name may be another than was asked for.
  'location',
  'date',
] as const;

export type UpstreamHeaders = Partial<Record<(typeof readHeaders)[number], string>>;

/** An answer of copyparty. Whoever does not read its body to the end destroys it, which ends the request. */
export interface UpstreamResponse {
  status: number;
  headers: UpstreamHeaders;
  /** Breaks with UpstreamBrokenError where it stalls, or ends before its length; one without a length can end anywhere. */
  body: Readable;
}

/** A header that came twice, which none of these may, is not believed. */
export function selectHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): UpstreamHeaders {
  const selected: UpstreamHeaders = {};
  for (const name of readHeaders) {
    const value = headers[name];
    if (typeof value === 'string') selected[name] = value;
  }
  return selected;
}
