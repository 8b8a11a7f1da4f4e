import { pipeline } from 'node:stream/promises';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { ByteStream } from '../../../library/delivery/byte-source.ts';
import { createResponseSink } from './response-sink.ts';

interface SendStreamOptions {
  open: () => ByteStream | Promise<ByteStream>;
  headers: Record<string, string>;
  /** Null where the size is known only at the end. */
  sizeBytes: number | null;
  /** The name for what is streamed in the log. */
  name: string;
  log: Pick<FastifyBaseLogger, 'warn'>;
  /** The signal is aborted when the client leaves. */
  signal: AbortSignal;
}

/**
 * Sends the body of an answer, with the status that the reply has. Throws errors that occur before the first byte, or
 * because the client left. Any other error can no longer be sent to the client: it is logged, and the connection is
 * broken off.
 */
export async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { open, headers, sizeBytes, name, log, signal }: SendStreamOptions,
): Promise<void> {
  try {
    const stream = await open();
    reply.headers(headers).hijack();
    reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
    const sink = createResponseSink(reply.raw, { sizeBytes, recycle: stream.recycle?.bind(stream) });
    await pipeline(stream, sink, { signal });
  } catch (error) {
    // A failed write is reported before the connection's close.
    const hasClientLeft = signal.aborted || request.raw.socket.errored;
    if (hasClientLeft || !reply.sent) throw error;
    log.warn({ err: error, requestId: request.id, url: request.url }, `${name} broke off`);
  }
}
