import { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { pictureVersion } from '../../../library/delivery/posters/picture-version.ts';
import type { PicturedItem } from '../../../library/delivery/posters/pictured-item.ts';
import { pictureSizes, type PictureSize } from '../../../library/delivery/posters/picture-origin.ts';
import type { PosterRequest } from '../../../library/delivery/posters/poster-chain.ts';
import type { Poster, Posters } from '../../../library/delivery/posters/posters.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { includesRole } from '../../access/role.ts';
import { principalOf } from '../authorize.ts';
import { cacheControls, serveSource, type ServedSource } from '../sending/serve-source.ts';

export interface PictureRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no item has it, or it is not an id at all. */
  findPicturedItem: (publicId: string) => Promise<PicturedItem | null>;
  posters: Pick<Posters, 'find'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/** Serves `GET` and `HEAD` of `/media/:id/poster` and `/media/:id/thumbnail?size=small|medium|large|screen`, always as WebP. */
export function pictureRoutes({ findPicturedItem, posters, log }: PictureRoutesOptions): FastifyPluginAsync {
  async function open(
    { params: { id }, query, raw }: PictureRequest,
    wanted: PosterRequest,
    signal: AbortSignal,
  ): Promise<ServedSource> {
    const item = await findPicturedItem(id);
    if (item === null || (item.status === 'DELETED' && !seesDeleted(raw, query))) throw new MediaNotFoundError(id);
    // The signal matters: a gallery that is scrolled on asks for hundreds of pictures and takes few.
    const poster = await posters.find(item, wanted, signal);
    const isFixed = poster.isVersioned && query.v === pictureVersion(item);
    return {
      source: toSource(poster),
      filename: `${wanted.purpose}.webp`,
      disposition: 'inline',
      cacheControl: isFixed ? cacheControls.fixed : cacheControls.changing,
    };
  }

  return serveSource<Params, Query>(log, {
    '/media/:id/poster': (request, { signal }) => open(request, { purpose: 'poster', size: 'large' }, signal),
    '/media/:id/thumbnail': async (request, { signal }) =>
      open(request, { purpose: 'thumbnail', size: readSize(request.query.size) }, signal),
  });
}

interface Params {
  id: string;
}

interface Query {
  size?: unknown;
  v?: unknown;
  deleted?: unknown;
}

type PictureRequest = FastifyRequest<{ Params: Params; Querystring: Query }>;

/**
 * Whether a request may see the picture of a deleted item, as in the trash. A signed URL says so itself: only an editor is
 * given one, while a URL from before the deletion does not have it.
 */
function seesDeleted(request: FastifyRequest['raw'], { deleted }: Query): boolean {
  const principal = principalOf(request);
  return principal === null ? deleted !== undefined : includesRole(principal.role, 'EDITOR');
}

function readSize(size: unknown): PictureSize {
  if (size === undefined) return 'small';
  const known = pictureSizes.find((name) => name === size);
  if (known !== undefined) return known;
  throw new InvalidInputError(
    'size',
    `The size of a thumbnail is ${pictureSizes.join(', ')}; without one it is small.`,
  );
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
