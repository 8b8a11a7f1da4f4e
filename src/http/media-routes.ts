import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { ByteSource } from '../delivery/byte-source.ts';
import { openDiskSource, type DiskFile } from '../delivery/disk-source.ts';
import { createErrorHandler } from './error-handler.ts';
import { mediaHeaders, type Disposition } from './media-headers.ts';
import { sendProblem } from './problem.ts';
import { sendSource } from './send-source.ts';

/** What the routes need to know of a media item. The path is the catalogue's own: no part of it comes from a request. */
export interface MediaFile {
  rootPath: string;
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
  openSource?: (file: DiskFile) => Promise<ByteSource>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

// Kept by the browser alone, and asked for again each time: the item may be deleted, or another file lie there.
const cacheControl = 'private, max-age=0, must-revalidate';

/** `GET` and `HEAD` of `/media/:id/stream`, to play, and `/media/:id/download`, to keep: the same bytes. */
export function mediaRoutes({ findFile, openSource = openDiskSource, log }: MediaRoutesOptions): FastifyPluginAsync {
  type MediaRequest = FastifyRequest<{ Params: { id: string } }>;

  async function serve(request: MediaRequest, reply: FastifyReply, disposition: Disposition): Promise<FastifyReply> {
    const file = await findFile(request.params.id);
    // An item that is MISSING may be back before a scan notices: the disk decides.
    if (file === null || file.status === 'DELETED') throw new MediaNotFoundError(request.params.id);
    const source = await openSource({ ...file, contentType: file.mimeType ?? 'application/octet-stream' });
    try {
      const headers = mediaHeaders({ contentType: source.contentType, filename: file.filename }, disposition);
      return await sendSource(request, reply, source, { headers, cacheControl, log });
    } finally {
      await source.close();
    }
  }

  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    const readMethods = ['GET', 'HEAD'];
    const otherMethods = fastify.supportedMethods.filter((method) => !readMethods.includes(method));
    for (const [action, disposition] of [
      ['stream', 'inline'],
      ['download', 'attachment'],
    ] as const) {
      const url = `/media/:id/${action}`;
      fastify.route({
        method: readMethods,
        url,
        handler: (request: MediaRequest, reply) => serve(request, reply, disposition),
      });
      // In onRequest, so that nobody waits for a body, or finds fault with it, that is not wanted.
      fastify.route({ method: otherMethods, url, onRequest: refuseMethod, handler: refuseMethod });
    }
  };
}

async function refuseMethod(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendProblem(reply.header('allow', 'GET, HEAD'), {
    status: 405,
    detail: `${request.method} is not possible here: media files are read with GET or HEAD.`,
    code: 'METHOD_NOT_ALLOWED',
  });
}
