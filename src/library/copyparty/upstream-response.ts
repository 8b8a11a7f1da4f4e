import type { Readable } from 'node:stream';

// All other headers are dropped: Set-Cookie holds the password, and the rest is not for clients or is set anew.
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

/** An answer of copyparty. Callers read the body to its end, or destroy it, which ends the request. */
export interface UpstreamResponse {
  status: number;
  headers: UpstreamHeaders;
  /** Emits UpstreamBrokenError where it stalls, or ends before its length; a body without a length can end anywhere. */
  body: Readable;
}

/** The headers that are read. One that came twice, which none of these may, is dropped. */
export function selectHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): UpstreamHeaders {
  const selected: UpstreamHeaders = {};
  for (const name of readHeaders) {
    const value = headers[name];
    if (typeof value === 'string') selected[name] = value;
  }
  return selected;
}
