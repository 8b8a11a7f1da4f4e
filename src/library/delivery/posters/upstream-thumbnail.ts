import type { Logger } from 'pino';
import { placeOfUpstream } from './own-places.ts';
import { ThumbnailUnavailableError } from './poster-errors.ts';
import type { PictureOrigin, PictureSize } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';

/** copyparty's thumbnails. Whatever it answers that is no raster picture, such as its SVG icons, is null. */
export interface ThumbnailUpstream {
  thumbnail(
    copypartyPath: string,
    relativePath: string,
    size: PictureSize,
    signal: AbortSignal,
  ): Promise<Uint8Array | null>;
}

interface UpstreamThumbnailsOptions {
  upstream: ThumbnailUpstream;
  renderer: PictureRenderer;
  log: Pick<Logger, 'warn'>;
}

/**
 * Gives copyparty's thumbnail of an item as an origin. After a failure copyparty is left alone for ten seconds, and
 * rendering throws ThumbnailUnavailableError: a page of a hundred pictures would else wait a hundred times.
 */
export function createUpstreamThumbnails({ upstream, renderer, log }: UpstreamThumbnailsOptions) {
  let asksAgainAtMs = 0;
  const isResting = () => Date.now() < asksAgainAtMs;

  async function fetchThumbnail(item: PicturedItem, signal: AbortSignal): Promise<Uint8Array | null> {
    if (isResting()) throw new ThumbnailUnavailableError();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(maxWaitMs)]);
    try {
      // The large one for both: the small one is 256 pixels high at most, and copyparty would have to make two.
      return await upstream.thumbnail(item.copypartyPath, item.relativePath, 'large', limited);
    } catch (error) {
      signal.throwIfAborted();
      if (!isResting()) log.warn({ err: error }, `no thumbnails from copyparty; next try in ${restMs / 1000} seconds`);
      asksAgainAtMs = Date.now() + restMs;
      throw new ThumbnailUnavailableError({ cause: error });
    }
  }

  return (item: PicturedItem, contentVersion: string, isVersioned: boolean): PictureOrigin => ({
    place: placeOfUpstream(item.copypartyPath, item.relativePath),
    fingerprint: contentVersion,
    isVersioned,
    async render(size, signal) {
      const bytes = await fetchThumbnail(item, signal);
      return bytes === null ? null : renderer.render({ kind: 'bytes', bytes }, size, signal);
    },
  });
}

const restMs = 10_000;

/** A film of which ffmpeg has to find a frame on a slow disk takes some seconds. */
const maxWaitMs = 20_000;
