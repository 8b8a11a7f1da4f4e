import { pipeline } from 'node:stream/promises';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { ByteStream } from '../../../library/delivery/byte-source.ts';
import { createResponseSink } from './response-sink.ts';

interface SendStreamOptions {
  open: () => ByteStream | Promise<ByteStream>;
  headers: Record<string, string>;
  /** Null where it cannot be known before the end. */
  sizeBytes: number | null;
  /** What is streamed, as the log names it. */
  name: string;
  log: Pick<FastifyBaseLogger, 'warn'>;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
}

/**
 * Sends the body of an answer, with the status that the reply has. What goes wrong before the first byte is thrown, and
 * so is whatever ends with the client's leaving; else there is nobody to tell later on, so it is logged and the
 * connection broken off.
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
    // A write that fails is told before the connection's close.
    const hasClientLeft = signal.aborted || request.raw.socket.errored;
    if (hasClientLeft || !reply.sent) throw error;
    log.warn({ err: error, requestId: request.id, url: request.url }, `${name} broke off`);
  }
}
