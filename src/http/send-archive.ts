import { pipeline } from 'node:stream/promises';
import contentDisposition from 'content-disposition';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Archive, ArchiveRequest } from '../delivery/archives/archives.ts';
import { createResponseSink } from './response-sink.ts';

interface SendArchiveOptions {
  plan: (request: ArchiveRequest) => Promise<Archive>;
  log: Pick<FastifyBaseLogger, 'warn'>;
}

/**
 * Answers a request with an archive, whole: `Range` is ignored (RFC 9110 §14.2), as no two archives need be the same.
 * What goes wrong before the first byte is thrown; later it is logged and the connection broken off. A client that
 * leaves ends the preparations too.
 */
export async function sendArchive(
  request: FastifyRequest,
  reply: FastifyReply,
  { plan, log }: SendArchiveOptions,
): Promise<FastifyReply> {
  const { socket } = request.raw;
  const client = new AbortController();
  const leave = () => client.abort();
  socket.once('close', leave);
  if (socket.destroyed) leave();
  try {
    const archive = await plan({ signal: client.signal, needsSize: isWithoutChunks(request) });
    const headers = headersOf(archive);
    if (request.method === 'HEAD') return await reply.headers(headers).send();
    client.signal.throwIfAborted();
    const stream = await archive.open();
    reply.headers(headers).hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    const sink = createResponseSink(reply.raw, {
      sizeBytes: archive.sizeBytes,
      recycle: stream.recycle?.bind(stream),
    });
    await pipeline(stream, sink, { signal: client.signal });
  } catch (error) {
    // A write that fails is told before the connection's close.
    if (client.signal.aborted || socket.errored) return reply;
    if (!reply.sent) throw error;
    log.warn({ err: error, requestId: request.id, url: request.url }, 'an archive broke off');
  } finally {
    socket.off('close', leave);
  }
  return reply;
}

/** HTTP/1.0, which nginx speaks to what is behind it, knows no chunks: without a length, a cut looks like the end. */
function isWithoutChunks({ raw }: FastifyRequest): boolean {
  return raw.httpVersion === '1.0';
}

function headersOf({ filename, sizeBytes }: Archive): Record<string, string> {
  return {
    'content-type': 'application/zip',
    'content-disposition': contentDisposition(filename),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'accept-ranges': 'none',
    ...(sizeBytes !== null && { 'content-length': String(sizeBytes) }),
  };
}
