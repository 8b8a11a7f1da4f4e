import contentDisposition from 'content-disposition';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Archive, ArchiveRequest } from '../../../library/delivery/archives/archives.ts';
import { sendStream } from './send-stream.ts';
import { untilClientLeaves } from './until-client-leaves.ts';

interface SendArchiveOptions {
  prepare: (request: ArchiveRequest) => Promise<Archive>;
  log: Pick<FastifyBaseLogger, 'warn'>;
}

/**
 * Answers a request with a whole archive: `Range` is ignored (RFC 9110 §14.2), as no two archives need be the same.
 * Throws errors that occur before the first byte; later ones are logged, and the connection is broken off. A client
 * that leaves ends the preparations too.
 */
export async function sendArchive(
  request: FastifyRequest,
  reply: FastifyReply,
  { prepare, log }: SendArchiveOptions,
): Promise<FastifyReply> {
  const answered = await untilClientLeaves(request.raw, async (signal) => {
    const archive = await prepare({ signal, needsSize: isWithoutChunks(request) });
    const headers = headersOf(archive);
    if (request.method === 'HEAD') return reply.headers(headers).send();
    signal.throwIfAborted();
    const { sizeBytes } = archive;
    await sendStream(request, reply, {
      open: () => archive.open(),
      headers,
      sizeBytes,
      name: 'an archive',
      log,
      signal,
    });
    return reply;
  });
  return answered ?? reply.hijack();
}

/**
 * Whether the client speaks HTTP/1.0, as nginx does to its upstreams. It has no chunks: without a length, a cut looks
 * like the end.
 */
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
