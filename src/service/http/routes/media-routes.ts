import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import type { MediaFile } from '../../../library/catalogue/catalogue.ts';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { OpenSource } from '../../../library/delivery/choose-source.ts';
import type { Disposition } from '../sending/media-headers.ts';
import { serveSource, type OpenServed } from '../sending/serve-source.ts';

export interface MediaRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no item has it, or it is not an id at all. */
  findFile: (publicId: string) => Promise<MediaFile | null>;
  openSource: OpenSource;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

// Only the browser keeps it, and asks again each time: the item may be deleted, or another file be in its place.
const cacheControl = 'private, max-age=0, must-revalidate';

/** Serves `GET` and `HEAD` of `/media/:id/stream`, to play, and `/media/:id/download`, to save: the same bytes. */
export function mediaRoutes({ findFile, openSource, log }: MediaRoutesOptions): FastifyPluginAsync {
  const openAs =
    (disposition: Disposition): OpenServed<{ id: string }> =>
    async ({ params: { id } }, options) => {
      const file = await findFile(id);
      // An item that is MISSING may be back before a scan notices: the source decides.
      if (file === null || file.status === 'DELETED') throw new MediaNotFoundError(id);
      const contentType = file.mimeType ?? 'application/octet-stream';
      const source = await openSource({ ...file, contentType }, options);
      return { source, filename: file.filename, disposition, cacheControl };
    };
  return serveSource(log, { '/media/:id/stream': openAs('inline'), '/media/:id/download': openAs('attachment') });
}
