import { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { pictureVersion } from '../../../library/delivery/posters/picture-version.ts';
import type { PicturedItem } from '../../../library/delivery/posters/pictured-item.ts';
import type { Poster, PosterRequest, Posters } from '../../../library/delivery/posters/posters.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { createErrorHandler } from '../error-handler.ts';
import { mediaHeaders } from '../sending/media-headers.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { sendSource } from '../sending/send-source.ts';
import { untilClientLeaves } from '../sending/until-client-leaves.ts';

export interface PictureRoutesOptions {
  /** By the opaque id that GraphQL gives; null where there is none such, or it is no id at all. */
  findPicturedItem: (publicId: string) => Promise<PicturedItem | null>;
  posters: Pick<Posters, 'find'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

type PictureRequest = FastifyRequest<{ Params: { id: string }; Querystring: { size?: unknown; v?: unknown } }>;

// Kept by the browser alone, as the files are. What its URL names the version of is never asked for again.
const cacheControls = { fixed: 'private, max-age=31536000, immutable', changing: 'private, no-cache' };

/** `GET` and `HEAD` of `/media/:id/poster` and `/media/:id/thumbnail?size=small|large`: always a WebP. */
export function pictureRoutes({ findPicturedItem, posters, log }: PictureRoutesOptions): FastifyPluginAsync {
  async function serve(request: PictureRequest, reply: FastifyReply, wanted: PosterRequest): Promise<FastifyReply> {
    const item = await findPicturedItem(request.params.id);
    if (item === null || item.status === 'DELETED') throw new MediaNotFoundError(request.params.id);
    // A gallery that is scrolled on asks for hundreds and takes few.
    const answered = await untilClientLeaves(request.raw, async (signal) => {
      const poster = await posters.find(item, wanted, signal);
      const isFixed = poster.isVersioned && request.query.v === pictureVersion(item);
      return sendSource(request, reply, toSource(poster), {
        headers: mediaHeaders({ contentType, filename: `${wanted.purpose}.webp` }, 'inline'),
        cacheControl: isFixed ? cacheControls.fixed : cacheControls.changing,
        log,
        signal,
      });
    });
    return answered ?? reply.hijack();
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, Object.values(urls));
    const method = ['GET', 'HEAD'];
    fastify.route({
      method,
      url: urls.poster,
      handler: (request: PictureRequest, reply) => serve(request, reply, { purpose: 'poster', size: 'large' }),
    });
    fastify.route({
      method,
      url: urls.thumbnail,
      handler: (request: PictureRequest, reply) =>
        serve(request, reply, { purpose: 'thumbnail', size: readSize(request.query.size) }),
    });
  };
}

const urls = { poster: '/media/:id/poster', thumbnail: '/media/:id/thumbnail' };

const contentType = 'image/webp';

function readSize(size: unknown): PosterRequest['size'] {
  if (size === undefined) return 'small';
  if (size === 'small' || size === 'large') return size;
  throw new InvalidInputError('size', 'The size of a thumbnail is small or large; without one it is small.');
}

function toSource({ bytes, etag, modifiedAt }: Poster): ByteSource {
  return {
    sizeBytes: bytes.length,
    modifiedAt,
    contentType,
    etag,
    open: ({ start, end }, signal) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false, signal }),
    close: async () => {},
  };
}
