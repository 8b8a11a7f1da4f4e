import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import { pictureVersion } from '../../../library/delivery/posters/picture-version.ts';
import type { Storyboards } from '../../../library/delivery/storyboards/storyboards.ts';
import { writeVtt } from '../../../library/delivery/storyboards/write-vtt.ts';
import type { UrlSigner } from '../../access/url-signer.ts';
import { needsSignature } from '../../access/principal.ts';
import { principalOf } from '../authorize.ts';
import { bytesSource, vttSource } from '../sending/memory-source.ts';
import { cacheControls, serveSource } from '../sending/serve-source.ts';
import type { PictureRoutesOptions } from './picture-routes.ts';

export interface StoryboardRoutesOptions extends Pick<PictureRoutesOptions, 'findPicturedItem'> {
  storyboards: Pick<Storyboards, 'find'>;
  urls: Pick<UrlSigner, 'sign'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/**
 * Serves `GET` and `HEAD` of `/media/:id/storyboard.vtt`, which is WebVTT, and of `/media/:id/storyboard.webp`, the picture
 * that its cues name.
 */
export function storyboardRoutes(options: StoryboardRoutesOptions): FastifyPluginAsync {
  const { findPicturedItem, storyboards, urls, log } = options;

  async function find(id: string, signal: AbortSignal) {
    const item = await findPicturedItem(id);
    if (item === null || item.status === 'DELETED') throw new MediaNotFoundError(id);
    return { version: pictureVersion(item), storyboard: await storyboards.find(item, signal) };
  }

  return serveSource<{ id: string }, { v?: unknown }>(log, {
    '/media/:id/storyboard.vtt': async (request, { signal }) => {
      const { id } = request.params;
      const { version, storyboard } = await find(id, signal);
      const url = `/media/${encodeURIComponent(id)}/storyboard.webp?v=${version}`;
      // From this address on, so it holds below any folder in which clients see the service.
      const sheetUrl = (signs(request) ? urls.sign(url) : url).slice(url.lastIndexOf('/') + 1);
      return {
        source: vttSource(writeVtt(storyboard.layout, sheetUrl), storyboard),
        filename: 'storyboard.vtt',
        disposition: 'inline',
        // The signature in it expires.
        cacheControl: cacheControls.changing,
      };
    },
    '/media/:id/storyboard.webp': async ({ params: { id }, query: { v } }, { signal }) => {
      const { version, storyboard } = await find(id, signal);
      const { sheet, etag, modifiedAt, isVersioned } = storyboard;
      return {
        source: bytesSource(sheet, { etag, modifiedAt, contentType: 'image/webp' }),
        filename: 'storyboard.webp',
        disposition: 'inline',
        cacheControl: isVersioned && v === version ? cacheControls.fixed : cacheControls.changing,
      };
    },
  });
}

/** Whether the picture needs a signature as well: a request that came with one has no principal. */
function signs({ raw }: Pick<FastifyRequest, 'raw'>): boolean {
  const principal = principalOf(raw);
  return principal === null || needsSignature(principal);
}
