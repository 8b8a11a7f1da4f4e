import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { OpenSource } from '../../../library/delivery/choose-source.ts';
import { expectRange } from '../sending/expect-range.ts';
import { createErrorHandler } from '../error-handler.ts';
import { mediaHeaders, type Disposition } from '../sending/media-headers.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { sendSource } from '../sending/send-source.ts';
import { untilClientLeaves } from '../sending/until-client-leaves.ts';

/** What the routes need to know of a media item. The paths are the catalogue's own: no part comes from a request. */
export interface MediaFile {
  /** The key of the category whose root holds it. */
  category: string;
  rootPath: string;
  /** Where copyparty serves the root. */
  copypartyPath: string;
  relativePath: string;
  /** What a download is called. */
  filename: string;
  mimeType: string | null;
  /** `DELETED` for an item that is to look as if it were gone. */
  status: string;
}

export interface MediaRoutesOptions {
  /** By the opaque id that GraphQL gives; null where there is none such, or it is no id at all. */
  findFile: (publicId: string) => Promise<MediaFile | null>;
  openSource: OpenSource;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

// Kept by the browser alone, and asked for again each time: the item may be deleted, or another file lie there.
const cacheControl = 'private, max-age=0, must-revalidate';

/** `GET` and `HEAD` of `/media/:id/stream`, to play, and `/media/:id/download`, to keep: the same bytes. */
export function mediaRoutes({ findFile, openSource, log }: MediaRoutesOptions): FastifyPluginAsync {
  type MediaRequest = FastifyRequest<{ Params: { id: string } }>;

  async function serve(request: MediaRequest, reply: FastifyReply, disposition: Disposition): Promise<FastifyReply> {
    const file = await findFile(request.params.id);
    // An item that is MISSING may be back before a scan notices: the source decides.
    if (file === null || file.status === 'DELETED') throw new MediaNotFoundError(request.params.id);
    const contentType = file.mimeType ?? 'application/octet-stream';
    const answered = await untilClientLeaves(request.raw, async (signal) => {
      const source = await openSource({ ...file, contentType }, { signal, expected: expectRange(request) });
      try {
        const headers = mediaHeaders({ contentType: source.contentType, filename: file.filename }, disposition);
        return await sendSource(request, reply, source, { headers, cacheControl, log, signal });
      } finally {
        await source.close();
      }
    });
    return answered ?? reply.hijack();
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, [urls.stream, urls.download]);
    const method = ['GET', 'HEAD'];
    fastify.route({
      method,
      url: urls.stream,
      handler: (request: MediaRequest, reply) => serve(request, reply, 'inline'),
    });
    fastify.route({
      method,
      url: urls.download,
      handler: (request: MediaRequest, reply) => serve(request, reply, 'attachment'),
    });
  };
}

const urls = { stream: '/media/:id/stream', download: '/media/:id/download' };
