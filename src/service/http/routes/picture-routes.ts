import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import { pictureVersion } from '../../../library/delivery/posters/picture-version.ts';
import type { PicturedItem } from '../../../library/delivery/posters/pictured-item.ts';
import { pictureSizes, type PictureSize } from '../../../library/delivery/posters/picture-origin.ts';
import type { PosterRequest } from '../../../library/delivery/posters/poster-chain.ts';
import type { Posters } from '../../../library/delivery/posters/posters.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { includesRole } from '../../access/role.ts';
import { principalOf } from '../authorize.ts';
import { bytesSource } from '../sending/memory-source.ts';
import { cacheControls, serveSource, type ServedSource } from '../sending/serve-source.ts';

export interface PictureRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no item has it, or it is not an id at all. */
  findPicturedItem: (publicId: string) => Promise<PicturedItem | null>;
  posters: Pick<Posters, 'find'> & Partial<Pick<Posters, 'recall'>>;
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
    const isNamed = query.v === pictureVersion(item);
    const known = (isNamed && posters.recall?.(item, wanted)) || null;
    // The signal matters: a gallery that is scrolled on asks for hundreds of pictures and takes few.
    const poster = known ?? (await posters.find(item, wanted, signal));
    const { bytes, etag, modifiedAt, isVersioned } = poster;
    const isFixed = isVersioned && isNamed;
    return {
      source: bytesSource(bytes, { etag, modifiedAt, contentType: 'image/webp' }),
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
