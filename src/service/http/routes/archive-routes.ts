import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Archive, ArchiveRequest, Archives } from '../../../library/delivery/archives/archives.ts';
import type { Slots } from '../../../base/async/slots.ts';
import { principalOf } from '../authorize.ts';
import { createErrorHandler } from '../error-handler.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';
import { sendArchive } from '../sending/send-archive.ts';

export interface ArchiveRoutesOptions {
  archives: Archives;
  /** Each archive holds a slot while it is packed. */
  slots: Slots;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/**
 * Serves `GET` and `HEAD` of `/archive?id=…&id=…`, for any items, of `/archive?selection=…`, for what was prepared, and of `/archive/:category/*`, for a folder of a
 * category or all of it. The zip is made while it is sent.
 */
export function archiveRoutes({ archives, slots, log }: ArchiveRoutesOptions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    const method = ['GET', 'HEAD'];
    refuseOtherMethods(fastify, ['/archive', ...folderUrls]);
    fastify.route({
      method,
      url: '/archive',
      handler: (request: SelectionRequest, reply) =>
        slots.run(() =>
          sendArchive(request, reply, {
            prepare: (wanted) => prepareSelection(archives, request, wanted),
            log,
          }),
        ),
    });
    for (const url of folderUrls) {
      fastify.route({
        method,
        url,
        handler: (request: FolderRequest, reply) =>
          slots.run(() =>
            sendArchive(request, reply, {
              prepare: (wanted) => archives.ofFolder(request.params.category, folderOf(request), wanted),
              log,
            }),
          ),
      });
    }
  };
}

const folderUrls = ['/archive/:category', '/archive/:category/*'];

type SelectionRequest = FastifyRequest<{ Querystring: { id?: string | string[]; selection?: string | string[] } }>;
type FolderRequest = FastifyRequest<{ Params: { category: string; '*'?: string } }>;

function prepareSelection(archives: Archives, request: SelectionRequest, wanted: ArchiveRequest): Promise<Archive> {
  const { id, selection } = request.query;
  if (selection === undefined) return archives.ofItems([id ?? []].flat(), wanted);
  return archives.ofPrepared(String(selection), principalOf(request.raw)?.name ?? null, wanted);
}

function folderOf({ params }: FolderRequest): string {
  return (params['*'] ?? '').replace(/\/+$/, '');
}
