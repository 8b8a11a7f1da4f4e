import { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { pictureVersion } from '../../../library/delivery/posters/picture-version.ts';
import type { PicturedItem } from '../../../library/delivery/posters/pictured-item.ts';
import type { Poster, PosterRequest, Posters } from '../../../library/delivery/posters/posters.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { cacheControls, serveSource, type ServedSource } from '../sending/serve-source.ts';

export interface PictureRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no item has it, or it is not an id at all. */
  findPicturedItem: (publicId: string) => Promise<PicturedItem | null>;
  posters: Pick<Posters, 'find'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/** Serves `GET` and `HEAD` of `/media/:id/poster` and `/media/:id/thumbnail?size=small|large`, always as WebP. */
export function pictureRoutes({ findPicturedItem, posters, log }: PictureRoutesOptions): FastifyPluginAsync {
  async function open(id: string, version: unknown, wanted: PosterRequest, signal: AbortSignal): Promise<ServedSource> {
    const item = await findPicturedItem(id);
    if (item === null || item.status === 'DELETED') throw new MediaNotFoundError(id);
    // The signal matters: a gallery that is scrolled on asks for hundreds of pictures and takes few.
    const poster = await posters.find(item, wanted, signal);
    const isFixed = poster.isVersioned && version === pictureVersion(item);
    return {
      source: toSource(poster),
      filename: `${wanted.purpose}.webp`,
      disposition: 'inline',
      cacheControl: isFixed ? cacheControls.fixed : cacheControls.changing,
    };
  }

  return serveSource<{ id: string }, { size?: unknown; v?: unknown }>(log, {
    '/media/:id/poster': ({ params: { id }, query: { v } }, { signal }) =>
      open(id, v, { purpose: 'poster', size: 'large' }, signal),
    '/media/:id/thumbnail': async ({ params: { id }, query: { size, v } }, { signal }) =>
      open(id, v, { purpose: 'thumbnail', size: readSize(size) }, signal),
  });
}

function readSize(size: unknown): PosterRequest['size'] {
  if (size === undefined) return 'small';
  if (size === 'small' || size === 'large') return size;
  throw new InvalidInputError('size', 'The size of a thumbnail is small or large; without one it is small.');
}

function toSource({ bytes, etag, modifiedAt }: Poster): ByteSource {
  return {
    sizeBytes: bytes.length,
    modifiedAt,
    contentType: 'image/webp',
    etag,
    open: ({ start, end }, signal) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false, signal }),
    close: async () => {},
  };
}
