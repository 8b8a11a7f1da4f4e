import type { Logger } from 'pino';
import { createMissMemory } from './miss-memory.ts';
import { ownPlaces, type OwnItem } from './own-places.ts';
import { createPictureCache, type StoredPicture } from './picture-cache.ts';
import { type PictureOrigin, type PictureSize, pictureSizes, rendererVersion } from './picture-origin.ts';
import { createPictureRenderer, type RenderPool } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';
import { placeholderOrigin } from './placeholder.ts';
import { createPosterChain } from './poster-chain.ts';
import { PlaceholderFailedError, ThumbnailUnavailableError } from './poster-errors.ts';
import type { PicturePurpose } from './sidecar-names.ts';
import { createSingleFlight } from '../../../base/async/single-flight.ts';
import type { ThumbnailUpstream } from './upstream-thumbnail.ts';

export interface PosterRequest {
  purpose: PicturePurpose;
  size: PictureSize;
}

/** A WebP. */
export interface Poster extends StoredPicture {
  /** Whether the same versioned URL always has this picture, so that it may be kept for good. */
  isVersioned: boolean;
}

/** The pictures of media items. */
export interface Posters {
  /** There is always one, if only a placeholder. Rejects with the signal's reason when that is aborted. */
  find(item: PicturedItem, request: PosterRequest, signal: AbortSignal): Promise<Poster>;
  /** Removes the pictures of an item that is no more. */
  forget(item: OwnItem): Promise<void>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

export interface PostersOptions {
  pool: RenderPool;
  /** Rendered pictures; everything in it can be rendered again. */
  cacheDir: string;
  maxCacheBytes: number;
  /** A picture of more pixels is not decoded. */
  maxPixels: number;
  /** Where a poster that was set may lie, beside the root of the item's category. */
  imagesDir: string;
  /** Absent where no copyparty is configured. */
  upstream?: ThumbnailUpstream | undefined;
  log: Pick<Logger, 'debug' | 'warn'>;
}

export function createPosters(options: PostersOptions): Posters {
  const { pool, cacheDir, maxCacheBytes, maxPixels, imagesDir, upstream, log } = options;
  const renderer = createPictureRenderer({ pool, maxPixels, log });
  const findOrigins = createPosterChain({ renderer, imagesDir, upstream, log });
  const cache = createPictureCache({ folder: cacheDir, maxBytes: maxCacheBytes, log });
  const misses = createMissMemory();
  const share = createSingleFlight<StoredPicture | null>(maxAtOnce);

  return {
    async find(item, { purpose, size }, signal) {
      for await (const origin of findOrigins(item, purpose)) {
        const picture = await obtain(origin, size, signal);
        if (picture !== null) return { ...picture, isVersioned: origin.isVersioned };
      }
      const placeholder = await obtain(placeholderOrigin(item.mediaType, renderer), size, signal);
      if (placeholder === null) throw new PlaceholderFailedError();
      return { ...placeholder, isVersioned: false };
    },
    async forget(item) {
      for (const place of ownPlaces(item))
        for (const size of pictureSizes) await cache.forget(placeOfSize(place, size));
    },
    resume: () => cache.resume(),
  };

  /** Takes the picture from the cache, else renders it; null where this origin gives none. */
  async function obtain(origin: PictureOrigin, size: PictureSize, signal: AbortSignal): Promise<StoredPicture | null> {
    const place = placeOfSize(origin.place, size);
    const fingerprint = `${rendererVersion}\0${origin.fingerprint}`;
    const key = `${place}\0${fingerprint}`;
    if (misses.has(key)) return null;
    return share(key, signal, async (shared) => {
      const cached = await cache.find(place, fingerprint);
      if (cached !== null) return cached;
      try {
        const bytes = await origin.render(size, shared);
        if (bytes !== null) return await cache.store(place, fingerprint, bytes);
        misses.add(key, rememberMissMs);
      } catch (error) {
        shared.throwIfAborted();
        // That failure was logged when copyparty was asked.
        if (!(error instanceof ThumbnailUnavailableError)) log.warn({ err: error }, 'a picture failed');
        misses.add(key, rememberFailureMs);
      }
      return null;
    });
  }
}

function placeOfSize(place: string, size: PictureSize): string {
  return `${place}\0${size}`;
}

/** The content is the same as long as the key is; what can be shown of it may change with copyparty's settings. */
const rememberMissMs = 10 * 60_000;
const rememberFailureMs = 10_000;

/** More than the pages of a few galleries; each is a request that waits. */
const maxAtOnce = 256;
