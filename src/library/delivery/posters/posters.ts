import type { Logger } from 'pino';
import { createMissMemory } from './miss-memory.ts';
import { ownCacheKeys, type OwnItem } from './cache-keys.ts';
import { createPictureCache, type StoredPicture } from './picture-cache.ts';
import { type PictureOrigin, type PictureSize, pictureSizes, rendererVersion } from './picture-origin.ts';
import { createPictureRenderer, type RenderPool } from './picture-renderer.ts';
import type { FindStandIn } from './photo-origin.ts';
import type { PicturedItem } from './pictured-item.ts';
import { placeholderOrigin } from './placeholder.ts';
import { createPosterChain } from './poster-chain.ts';
import { PlaceholderFailedError, ThumbnailUnavailableError } from './poster-errors.ts';
import type { PicturePurpose } from './sidecar-names.ts';
import { createRemoteFrames, type RemoteFramesOptions } from './remote-frames.ts';
import { createSingleFlight } from '../../../base/async/single-flight.ts';
import type { ThumbnailUpstream } from './upstream-thumbnail.ts';

export interface PosterRequest {
  purpose: PicturePurpose;
  size: PictureSize;
}

/** A picture as WebP. */
export interface Poster extends StoredPicture {
  /** Whether the same versioned URL always has this picture, so that it may be kept for good. */
  isVersioned: boolean;
}

/** The pictures of media items. */
export interface Posters {
  /**
   * Returns the item's picture, or a placeholder where it has none. Rejects with the signal's reason when that is
   * aborted.
   */
  find(item: PicturedItem, request: PosterRequest, signal: AbortSignal): Promise<Poster>;
  /** Removes the pictures of an item that was removed. */
  forget(item: OwnItem): Promise<void>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

export interface PostersOptions {
  pool: RenderPool;
  /** The folder of rendered pictures; everything in it can be rendered again. */
  cacheDir: string;
  maxCacheBytes: number;
  /** A picture with more pixels is not decoded. */
  maxPixels: number;
  /** A poster that was set lies below this folder or the root of the item's category. */
  imagesDir: string;
  /** Absent where no copyparty is configured. */
  upstream?: ThumbnailUpstream | undefined;
  /** Finds an image's proxy, by which it may be shown. */
  findStandIn: FindStandIn;
  /** The program that decodes films; without it, what npm brought does, or else the system's. */
  ffmpegPath?: string | null;
  /** Brings here what is needed of films that are not on this disk; absent where all bytes come from it. */
  fetchFilms?: Omit<RemoteFramesOptions, 'renderer'> | undefined;
  log: Pick<Logger, 'debug' | 'warn'>;
}

export function createPosters(options: PostersOptions): Posters {
  const { pool, cacheDir, maxCacheBytes, maxPixels, fetchFilms, ffmpegPath = null, log, ...sources } = options;
  const renderer = createPictureRenderer({ pool, maxPixels, log });
  const remoteFrames = fetchFilms && createRemoteFrames({ ...fetchFilms, renderer });
  const findOrigins = createPosterChain({ ...sources, renderer, ffmpegPath, remoteFrames, log });
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
      for (const cacheKey of ownCacheKeys(item))
        for (const size of pictureSizes) await cache.forget(keyOfSize(cacheKey, size));
    },
    resume: () => cache.resume(),
  };

  /** Reads a picture from the cache or renders it; null where this origin gives no picture. */
  async function obtain(origin: PictureOrigin, size: PictureSize, signal: AbortSignal): Promise<StoredPicture | null> {
    const key = keyOfSize(origin.cacheKey, size);
    const fingerprint = `${rendererVersion}\0${origin.fingerprint}`;
    const attempt = `${key}\0${fingerprint}`;
    if (misses.has(attempt)) return null;
    return share(attempt, signal, async (shared) => {
      const cached = await cache.find(key, fingerprint);
      if (cached !== null) return cached;
      try {
        const bytes = await origin.render(size, shared);
        if (bytes !== null) return await cache.store(key, fingerprint, bytes);
        misses.add(attempt, rememberMissMs);
      } catch (error) {
        shared.throwIfAborted();
        // A failure of copyparty was logged when it happened.
        if (!(error instanceof ThumbnailUnavailableError)) log.warn({ err: error }, 'a picture failed');
        misses.add(attempt, rememberFailureMs);
      }
      return null;
    });
  }
}

function keyOfSize(cacheKey: string, size: PictureSize): string {
  return `${cacheKey}\0${size}`;
}

/** A miss expires even for the same content, since what can be shown of it may change with copyparty's settings. */
const rememberMissMs = 10 * 60_000;
const rememberFailureMs = 10_000;

/** The limit is more than the pages of a few galleries need; each picture is a request that waits. */
const maxAtOnce = 256;
