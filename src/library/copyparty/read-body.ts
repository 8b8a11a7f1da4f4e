import type { Readable } from 'node:stream';
import { UpstreamBrokenError } from './copyparty-errors.ts';

/** Reads a body into memory. A longer one throws an UpstreamBrokenError that names `what`. */
export async function readBody(body: Readable, maxBytes: number, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBytes) throw new UpstreamBrokenError(`${what} is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The media type of an answer, without its parameters. */
export function mediaTypeOf({ headers }: { headers: { 'content-type'?: string } }): string {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
