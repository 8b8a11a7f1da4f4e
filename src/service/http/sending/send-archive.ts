import contentDisposition from 'content-disposition';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Archive, ArchiveRequest } from '../../../library/delivery/archives/archives.ts';
import { sendStream } from './send-stream.ts';
import { untilClientLeaves } from './until-client-leaves.ts';

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
  const answered = await untilClientLeaves(request.raw, async (signal) => {
    const archive = await plan({ signal, needsSize: isWithoutChunks(request) });
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
