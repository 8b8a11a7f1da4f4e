import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { openDiskSource } from '../../../library/delivery/disk-source.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import type { StoredImage, StoredImages } from '../../../library/model-records/stored-images.ts';
import { createErrorHandler } from '../error-handler.ts';
import { mediaHeaders } from '../sending/media-headers.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { sendSource } from '../sending/send-source.ts';
import { untilClientLeaves } from '../sending/until-client-leaves.ts';

export interface ImageRoutesOptions {
  images: StoredImages;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

type ImageRequest = FastifyRequest<{ Params: { name: string }; Querystring: { quality?: unknown } }>;

// Kept by the browser alone, as all pictures of this service.
const cacheControls = { fixed: 'private, max-age=31536000, immutable', changing: 'private, no-cache' };

/** `GET` and `HEAD` of `/images/:file`, the pictures of models, and `/images/pending/:name`, those of pending imports. */
export function imageRoutes({ images, log }: ImageRoutesOptions): FastifyPluginAsync {
  async function send(request: ImageRequest, reply: FastifyReply, image: StoredImage): Promise<FastifyReply> {
    const answered = await untilClientLeaves(request.raw, async (signal) => {
      const source = await openDiskSource(image);
      try {
        const cacheControl = image.isImmutable ? cacheControls.fixed : cacheControls.changing;
        return await sendSource(request, reply, source, {
          headers: mediaHeaders(image, 'inline'),
          cacheControl,
          log,
          signal,
        });
      } finally {
        await source.close();
      }
    });
    return answered ?? reply.hijack();
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, Object.values(urls));
    const method = ['GET', 'HEAD'];
    fastify.route({
      method,
      url: urls.image,
      handler: async (request: ImageRequest, reply) =>
        send(request, reply, await images.find(request.params.name, qualityOf(request))),
    });
    fastify.route({
      method,
      url: urls.pending,
      handler: async (request: ImageRequest, reply) =>
        send(request, reply, await images.findPending(request.params.name)),
    });
  };
}

const urls = { image: '/images/:name', pending: '/images/pending/:name' };

function qualityOf({ query: { quality } }: ImageRequest): string | undefined {
  if (quality === undefined) return undefined;
  if (typeof quality === 'string' && /^(?:high|medium|low)$/i.test(quality)) return quality;
  throw new InvalidInputError('quality', 'The quality of a picture is high, medium or low; without one it is high.');
}
