import type { Logger } from 'pino';
import { cacheKeyOfUpstream } from './cache-keys.ts';
import { ThumbnailUnavailableError } from './poster-errors.ts';
import type { PictureOrigin } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';

/** Fetches copyparty's thumbnails. An answer that is no raster picture, such as one of its SVG icons, is null. */
export interface ThumbnailUpstream {
  thumbnail(
    copypartyPath: string,
    relativePath: string,
    size: 'small' | 'large',
    signal: AbortSignal,
  ): Promise<Uint8Array | null>;
}

interface UpstreamThumbnailsOptions {
  upstream: ThumbnailUpstream;
  renderer: PictureRenderer;
  log: Pick<Logger, 'warn'>;
}

/**
 * Returns the function that makes copyparty's thumbnail of an item an origin. After a failure copyparty is not asked
 * for ten seconds, and rendering throws ThumbnailUnavailableError: a page of a hundred pictures would otherwise wait a
 * hundred times.
 */
export function createUpstreamThumbnails({ upstream, renderer, log }: UpstreamThumbnailsOptions) {
  let asksAgainAtMs = 0;
  const isResting = () => Date.now() < asksAgainAtMs;

  async function fetchThumbnail(item: PicturedItem, signal: AbortSignal): Promise<Uint8Array | null> {
    if (isResting()) throw new ThumbnailUnavailableError();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(maxWaitMs)]);
    try {
      // All sizes use the large one: the small one is 256 pixels high at most, and copyparty would have to make two.
      return await upstream.thumbnail(item.copypartyPath, item.relativePath, 'large', limited);
    } catch (error) {
      signal.throwIfAborted();
      if (!isResting()) log.warn({ err: error }, `no thumbnails from copyparty; next try in ${restMs / 1000} seconds`);
      asksAgainAtMs = Date.now() + restMs;
      throw new ThumbnailUnavailableError({ cause: error });
    }
  }

  return (item: PicturedItem, contentVersion: string, isVersioned: boolean): PictureOrigin => ({
    cacheKey: cacheKeyOfUpstream(item.copypartyPath, item.relativePath),
    fingerprint: contentVersion,
    isVersioned,
    async render(size, signal) {
      const bytes = await fetchThumbnail(item, signal);
      return bytes === null ? null : renderer.render({ kind: 'bytes', bytes }, size, signal);
    },
  });
}

/** The longest side of copyparty's largest thumbnails, in pixels. */
export const longestUpstreamSide = 960;

const restMs = 10_000;

/** ffmpeg takes some seconds to find a frame of a film on a slow disk. */
const maxWaitMs = 20_000;
