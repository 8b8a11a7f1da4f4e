import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import type { OpenOptions } from '../../../library/delivery/choose-source.ts';
import { createErrorHandler } from '../error-handler.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { expectRange } from './expect-range.ts';
import { mediaHeaders, type Disposition } from './media-headers.ts';
import { sendSource } from './send-source.ts';
import { untilClientLeaves } from './until-client-leaves.ts';

/** The answer of a route. */
export interface ServedSource {
  /** The source is closed when the answer has ended, in whatever way. */
  source: ByteSource;
  /** The name under which a browser saves it. */
  filename: string;
  disposition: Disposition;
  cacheControl: string;
}

/**
 * Finds what a request asks for, and opens it. Throws a DomainError where there is nothing to answer with. It may stop
 * once the client has left.
 */
export type OpenServed<Params, Querystring = unknown> = (
  request: SourceRequest<Params, Querystring>,
  options: OpenOptions,
) => Promise<ServedSource>;

type SourceRequest<Params, Querystring> = FastifyRequest<{ Params: Params; Querystring: Querystring }>;

// Answers are private, for the browser's cache only: a cache on the way does not know who may see a file.
export const cacheControls = {
  /** The address names a version: the browser never asks for it again. */
  fixed: 'private, max-age=31536000, immutable',
  /** The bytes under the address may change: the browser asks again each time. */
  changing: 'private, no-cache',
} as const;

/** Serves `GET` and `HEAD` of routes, given by their URLs, that answer with the bytes of a source. */
export function serveSource<Params, Querystring>(
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>,
  routes: Record<string, OpenServed<Params, Querystring>>,
): FastifyPluginAsync {
  async function serve(
    request: SourceRequest<Params, Querystring>,
    reply: FastifyReply,
    open: OpenServed<Params, Querystring>,
  ): Promise<FastifyReply> {
    const answered = await untilClientLeaves(request.raw, async (signal) => {
      const { source, filename, disposition, cacheControl } = await open(request, {
        signal,
        expected: expectRange(request),
      });
      try {
        const headers = mediaHeaders({ contentType: source.contentType, filename }, disposition);
        return await sendSource(request, reply, source, { headers, cacheControl, log, signal });
      } finally {
        await source.close();
      }
    });
    return answered ?? reply.hijack();
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, Object.keys(routes));
    for (const [url, open] of Object.entries(routes)) {
      fastify.route({
        method: ['GET', 'HEAD'],
        url,
        handler: (request: SourceRequest<Params, Querystring>, reply) => serve(request, reply, open),
      });
    }
  };
}
