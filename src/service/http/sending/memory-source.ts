import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';

/** A source of WebVTT that was just made; its tag is strong, as it is that of the text. */
export function vttSource(text: string, { modifiedAt }: Pick<ByteSource, 'modifiedAt'>): ByteSource {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 32)}"`;
  return bytesSource(Buffer.from(text), { etag, modifiedAt, contentType: 'text/vtt; charset=utf-8' });
}

/** A source of bytes in memory. */
export function bytesSource(bytes: Buffer, facts: Pick<ByteSource, 'etag' | 'modifiedAt' | 'contentType'>): ByteSource {
  return {
    ...facts,
    bytes,
    sizeBytes: bytes.length,
    open: ({ start, end }, signal) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false, signal }),
    close: async () => {},
  };
}
