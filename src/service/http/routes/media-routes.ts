import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { OpenSource } from '../../../library/delivery/choose-source.ts';
import type { Disposition } from '../sending/media-headers.ts';
import { serveSource, type OpenServed } from '../sending/serve-source.ts';

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
