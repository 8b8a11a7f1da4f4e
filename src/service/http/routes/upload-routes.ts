import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import type { Slots } from '../../../base/async/slots.ts';
import { principalOf } from '../authorize.ts';
import type { ClientViews } from '../origin/client-view.ts';
import { passHeaders } from '../pass-headers.ts';
import { holdSlot } from '../pressure/hold-slot.ts';
import { releaseConnection } from '../sending/release-connection.ts';
import type { ResumableUploads } from '../uploads/resumable-uploads.ts';

export interface UploadRoutesOptions {
  /** Each request that sends a part of a file holds a slot. */
  uploads: Slots;
  resumable: Pick<ResumableUploads, 'handle'>;
  viewOf: ClientViews;
}

export const uploadsPath = '/uploads';

/** Serves `/uploads`: resumable uploads by the tus protocol, whose own header no page sends without a preflight. */
export function uploadRoutes({ resumable, viewOf, uploads }: UploadRoutesOptions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    fastify.route({
      url: `${uploadsPath}/*`,
      method: ['HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      handler: answer,
    });
    fastify.route({ url: uploadsPath, method: ['POST', 'OPTIONS'], handler: answer });
  };

  async function answer(request: { raw: IncomingMessage; id: string }, reply: UploadReply): Promise<void> {
    if (request.raw.method === 'POST' || request.raw.method === 'PATCH') holdSlot(uploads, request.raw, reply.raw);
    reply.hijack();
    releaseConnection(request.raw, reply.raw);
    passHeaders(request, reply);
    // Where this is null, the name that the client sends counts.
    const principal = principalOf(request.raw);
    const uploadedBy = principal === null || principal.source === 'OPEN' ? null : principal.name;
    await resumable.handle(request.raw, reply.raw, { uploadedBy, urlPrefix: viewOf(request.raw).prefix });
  }
}

type UploadReply = Parameters<typeof passHeaders>[1] & { hijack(): unknown };
