import type { Logger } from 'pino';
import { createMissMemory } from './miss-memory.ts';
import { createShownPictures } from './shown-pictures.ts';
import { ownCacheKeys, type OwnItem } from './cache-keys.ts';
import { createPictureCache, type StoredPicture } from './picture-cache.ts';
import { type PictureOrigin, type PictureSize, pictureSizes, rendererVersion } from './picture-origin.ts';
import { createPictureRenderer, type RenderPool } from './picture-renderer.ts';
import type { FindStandIn } from './photo-origin.ts';
import type { PicturedItem } from './pictured-item.ts';
import type { Placeholders } from '../placeholders/placeholders.ts';
import { placeholderOrigin } from './placeholder.ts';
import { createPosterChain, type PosterRequest } from './poster-chain.ts';
import { PlaceholderFailedError, ThumbnailUnavailableError } from './poster-errors.ts';
import { createRemoteFrames, type RemoteFramesOptions } from './remote-frames.ts';
import { createSingleFlight } from '../../../base/async/single-flight.ts';
import type { ThumbnailUpstream } from './upstream-thumbnail.ts';

/** A picture as WebP. */
export interface Poster extends StoredPicture {
  /** Whether the same versioned URL always has this picture, so that it may be kept for good. */
  isVersioned: boolean;
  /** Whether it is only a drawing of the kind of media, as the item has no picture. */
  isDrawn: boolean;
  /** Whether something that may have a better picture failed, and may give it later. */
  hasFailed: boolean;
}

/** The pictures of media items. */
export interface Posters {
  /**
   * Returns the item's picture, or a placeholder where it has none. Rejects with the signal's reason when that is
   * aborted.
   */
  find(item: PicturedItem, request: PosterRequest, signal: AbortSignal): Promise<Poster>;
  /**
   * Returns what `find` has found for the item in its present version less than a minute ago, from memory; null where that
   * is not known. For addresses that name the version: a file that was written since then is shown by the next scan.
   */
  recall(item: PicturedItem, request: PosterRequest): Poster | null;
  /** Whether somebody waits for a picture. */
  isBusy(): boolean;
  /** Whether what is made next may drive other pictures out of the cache. */
  isCacheFull(): Promise<boolean>;
  /** How many bytes the pictures in the cache have, without a look at the disk. */
  cacheBytes(): Promise<number>;
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
  /** Takes the thumbnails that are shown. */
  placeholders?: Pick<Placeholders, 'note'> | undefined;
  log: Pick<Logger, 'debug' | 'warn'>;
}

export function createPosters(options: PostersOptions): Posters {
  const {
    pool,
    cacheDir,
    maxCacheBytes,
    maxPixels,
    fetchFilms,
    ffmpegPath = null,
    placeholders,
    log,
    ...sources
  } = options;
  const renderer = createPictureRenderer({ pool, maxPixels, log });
  const remoteFrames = fetchFilms && createRemoteFrames({ ...fetchFilms, renderer });
  const findOrigins = createPosterChain({ ...sources, renderer, ffmpegPath, remoteFrames, log });
  const cache = createPictureCache({ folder: cacheDir, maxBytes: maxCacheBytes, log });
  const misses = createMissMemory();
  const failures = createMissMemory();
  const shown = createShownPictures<Poster>();
  const share = createSingleFlight<ObtainedPicture | null>(maxAtOnce);

  let waiting = 0;

  return {
    async find(item, request, signal) {
      waiting += 1;
      try {
        const poster = await findPicture(item, request, signal);
        shown.note(item, request, poster);
        return poster;
      } finally {
        waiting -= 1;
      }
    },
    recall(item, request) {
      const poster = shown.recall(item, request);
      if (poster !== null && request.purpose === 'thumbnail') placeholders?.note(item, poster.bytes, false);
      return poster;
    },
    isBusy: () => waiting > 0,
    cacheBytes: () => cache.totalBytes(),
    isCacheFull: () => cache.isFull(),
    async forget(item) {
      for (const cacheKey of ownCacheKeys(item))
        for (const size of pictureSizes) await cache.forget(keyOfSize(cacheKey, size));
    },
    resume: () => cache.resume(),
  };

  async function findPicture(item: PicturedItem, request: PosterRequest, signal: AbortSignal): Promise<Poster> {
    const { size } = request;
    let hasFailed = false;
    for await (const origin of findOrigins(item, request)) {
      const picture = await obtain(origin, size, signal);
      if (picture === null) {
        hasFailed ||= failures.has(attemptAt(origin, size).name);
        continue;
      }
      const { isFresh, ...stored } = picture;
      if (request.purpose === 'thumbnail') placeholders?.note(item, stored.bytes, isFresh);
      return { ...stored, isVersioned: origin.isVersioned, isDrawn: false, hasFailed };
    }
    const placeholder = await obtain(placeholderOrigin(item.mediaType, renderer), size, signal);
    if (placeholder === null) throw new PlaceholderFailedError();
    const { isFresh: _, ...stored } = placeholder;
    return { ...stored, isVersioned: false, isDrawn: true, hasFailed };
  }

  /** Reads a picture from the cache or renders it; null where this origin gives no picture. */
  async function obtain(
    origin: PictureOrigin,
    size: PictureSize,
    signal: AbortSignal,
  ): Promise<ObtainedPicture | null> {
    const { key, fingerprint, name: attempt } = attemptAt(origin, size);
    if (misses.has(attempt) || failures.has(attempt)) return null;
    return share(attempt, signal, async (shared) => {
      const cached = await cache.find(key, fingerprint);
      if (cached !== null) return { ...cached, isFresh: false };
      try {
        const bytes = await origin.render(size, shared);
        if (bytes !== null) return { ...(await cache.store(key, fingerprint, bytes)), isFresh: true };
        misses.add(attempt, rememberMissMs);
      } catch (error) {
        shared.throwIfAborted();
        // A failure of copyparty was logged when it happened.
        if (!(error instanceof ThumbnailUnavailableError)) log.warn({ err: error }, 'a picture failed');
        failures.add(attempt, rememberFailureMs);
      }
      return null;
    });
  }
}

interface ObtainedPicture extends StoredPicture {
  /** Whether it was rendered just now. */
  isFresh: boolean;
}

/** Names a picture of an origin in the cache, and the attempt to render it. */
function attemptAt({ cacheKey, fingerprint: content }: PictureOrigin, size: PictureSize) {
  const key = keyOfSize(cacheKey, size);
  const fingerprint = `${rendererVersion}\0${content}`;
  return { key, fingerprint, name: `${key}\0${fingerprint}` };
}

function keyOfSize(cacheKey: string, size: PictureSize): string {
  return `${cacheKey}\0${size}`;
}

/** A miss expires even for the same content, since what can be shown of it may change with copyparty's settings. */
const rememberMissMs = 10 * 60_000;
const rememberFailureMs = 10_000;

/** The limit is more than the pages of a few galleries need; each picture is a request that waits. */
const maxAtOnce = 256;
