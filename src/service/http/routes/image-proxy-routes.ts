import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { ImageProxyNotFoundError } from '../../../library/image-proxies/proxy-errors.ts';
import { proxyVersion } from '../../../library/image-proxies/proxy-url.ts';
import { createErrorHandler } from '../error-handler.ts';
import { mediaHeaders } from '../sending/media-headers.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { sendSource } from '../sending/send-source.ts';
import { untilClientLeaves } from '../sending/until-client-leaves.ts';

interface ServedImageProxy {
  filename: string;
  sha256: string;
  source: ByteSource;
}

export interface ImageProxyRoutesOptions {
  /** By the opaque id that GraphQL gives; null where there is none such. The caller closes its source. */
  open: (publicId: string) => Promise<ServedImageProxy | null>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

// Kept by the browser alone, as the files are. What its URL names the version of is never asked for again.
const cacheControls = { fixed: 'private, max-age=31536000, immutable', changing: 'private, no-cache' };

/** `GET` and `HEAD` of `/proxies/:id`: the bytes of an image proxy. */
export function imageProxyRoutes({ open, log }: ImageProxyRoutesOptions): FastifyPluginAsync {
  type ImageProxyRequest = FastifyRequest<{ Params: { id: string }; Querystring: { v?: unknown } }>;
  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, [url]);
    fastify.route({
      method: ['GET', 'HEAD'],
      url,
      handler: async (request: ImageProxyRequest, reply) => {
        const answered = await untilClientLeaves(request.raw, async (signal) => {
          const proxy = await open(request.params.id);
          if (proxy === null) throw new ImageProxyNotFoundError(request.params.id);
          try {
            const isFixed = request.query.v === proxyVersion(proxy);
            return await sendSource(request, reply, proxy.source, {
              headers: mediaHeaders({ contentType: proxy.source.contentType, filename: proxy.filename }, 'inline'),
              cacheControl: isFixed ? cacheControls.fixed : cacheControls.changing,
              log,
              signal,
            });
          } finally {
            await proxy.source.close();
          }
        });
        return answered ?? reply.hijack();
      },
    });
  };
}

const url = '/proxies/:id';
