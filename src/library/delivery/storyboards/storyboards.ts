import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { createSingleFlight } from '../../../base/async/single-flight.ts';
import type { MediaType } from '../../../base/config/media-config.ts';
import { LostTaskError } from '../../../base/errors/domain-error.ts';
import { isAsCatalogued } from '../../metadata/signature.ts';
import { type FilmPartsOptions, withFilmParts } from '../film-parts.ts';
import { findFile, type FoundFile } from '../posters/file-origin.ts';
import { createMissMemory } from '../posters/miss-memory.ts';
import { createPictureCache, type StoredPicture } from '../posters/picture-cache.ts';
import type { PicturedItem } from '../posters/pictured-item.ts';
import type { RenderStoryboardInput, RenderStoryboardResult } from './render-storyboard.task.ts';
import { NoStoryboardError } from './storyboard-errors.ts';
import { fetchTiles, headBytes } from './fetch-tiles.ts';
import type { LocateTilesInput, LocateTilesResult } from './locate-tiles.task.ts';
import { packStoryboard, unpackStoryboard } from './storyboard-file.ts';
import type { StoryboardLayout } from './storyboard-layout.ts';

/** Frames of a film for the scrubber of a player. */
interface Storyboard {
  layout: StoryboardLayout;
  /** The sheet with all tiles, a WebP. */
  sheet: Buffer;
  /** The tag is strong: it changes with the sheet and with the layout. */
  etag: string;
  modifiedAt: Date;
  /** Whether the film is the one that is catalogued, and whose version stands in the URL. */
  isVersioned: boolean;
}

type StoryboardFilm = Pick<
  PicturedItem,
  'mediaType' | 'category' | 'rootPath' | 'relativePath' | 'copypartyPath' | 'signature'
>;

export interface Storyboards {
  /**
   * Returns the item's storyboard, which is made where there is none yet: once, for all who wait for it. Throws
   * NoStoryboardError, ServiceBusyError, for a film that is not on this disk what its source throws, and the signal's reason
   * when that is aborted.
   */
  find(item: StoryboardFilm, signal: AbortSignal): Promise<Storyboard>;
  /** Whether there may be one, as far as is known without looking at the file. */
  isPossible(item: { mediaType: MediaType; signature: string }): boolean;
  /** Removes the storyboard of an item that was removed. */
  forget(item: { rootPath: string | null; relativePath: string }): Promise<void>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

interface LocatePool {
  run(name: 'locateTiles', input: LocateTilesInput): Promise<LocateTilesResult>;
}

interface StoryboardsOptions {
  pool: {
    readonly threads: number;
    run(name: 'renderStoryboard', input: RenderStoryboardInput): Promise<RenderStoryboardResult>;
  };
  /** The folder of storyboards; everything in it can be made again. */
  cacheDir: string;
  maxCacheBytes: number;
  /** A film of more pixels is not decoded. */
  maxPixels: number;
  ffmpegPath: string | null;
  /** Brings here what is needed of films that are not on this disk; absent where all bytes come from it. */
  fetchFilms?: (FilmPartsOptions & { pool: LocatePool }) | undefined;
  log: Pick<Logger, 'debug' | 'warn'>;
}

export function createStoryboards(options: StoryboardsOptions): Storyboards {
  const { pool, cacheDir, maxCacheBytes, maxPixels, ffmpegPath, fetchFilms, log } = options;
  const cache = createPictureCache({ folder: cacheDir, maxBytes: maxCacheBytes, log });
  const misses = createMissMemory();
  const share = createSingleFlight<StoredPicture | null>(maxAtOnce);
  // One takes seconds: at least one worker is left for posters.
  const queue = new PQueue({ concurrency: Math.max(1, pool.threads - 1) });
  // Each film that is brought here has room on the disk and connections to copyparty.
  const films = new PQueue({ concurrency: fetchedAtOnce });

  /** Runs a task when it is its turn; null where it took its worker with it. */
  async function run<T>(place: string, signal: AbortSignal, task: () => Promise<T>): Promise<T | null> {
    const turn = queue.add(() => {
      signal.throwIfAborted();
      return task();
    });
    return turn.catch((error: unknown) => {
      if (!(error instanceof LostTaskError)) throw error;
      log.warn({ err: error, place }, 'a storyboard took its worker with it');
      return null;
    });
  }

  async function render(
    input: Omit<RenderStoryboardInput, 'maxPixels'>,
    { place = input.relativePath, signal }: { place?: string; signal: AbortSignal },
  ): Promise<Buffer | null> {
    const result = await run(place, signal, () => pool.run('renderStoryboard', { ...input, maxPixels }));
    if (result?.ok) return packStoryboard(result.layout, result.sheet);
    if (result !== null) noteFailure(result);
    return null;
  }

  async function renderRemote(
    item: StoryboardFilm,
    { pool: locators, ...from }: FilmPartsOptions & { pool: LocatePool },
    signal: AbortSignal,
  ): Promise<Buffer | null> {
    const place = item.relativePath;
    return withFilmParts(from, item, { signal, firstBytes: headBytes }, async (film) => {
      const { parts } = film;
      const stride = await fetchTiles(film, {
        async locate(wanted) {
          const input = { ...film.place, maxPixels, parts, stride: wanted };
          const result = await run(place, signal, () => locators.run('locateTiles', input));
          if (result?.ok === false) noteFailure(result);
          return result;
        },
      });
      return stride === null ? null : render({ ...film.place, ffmpegPath: null, parts, stride }, { place, signal });
    });
  }

  async function make(item: StoryboardFilm, file: FoundFile | null, signal: AbortSignal): Promise<Buffer | null> {
    if (file !== null) {
      const { rootPath, relativePath } = file;
      return render({ rootPath, relativePath, ffmpegPath }, { signal });
    }
    if (fetchFilms === undefined) return null;
    return films.add(() => {
      signal.throwIfAborted();
      return renderRemote(item, fetchFilms, signal);
    });
  }

  function noteFailure({ code, message }: { code: string; message: string }): void {
    log.debug({ code, reason: message }, 'a storyboard could not be made');
  }

  return {
    async find(item, signal) {
      if (!this.isPossible(item)) throw new NoStoryboardError();
      const file = await findFile(item, log);
      if (file === null && fetchFilms === undefined) throw new NoStoryboardError();
      const key = cacheKeyOf(item);
      const fingerprint = `${layoutVersion}\0${file?.identity ?? item.signature}`;
      const stored = await share(`${key}\0${fingerprint}`, signal, async (shared) => {
        const cached = await cache.find(key, fingerprint);
        if (cached !== null) return cached;
        const bytes = await make(item, file, shared);
        return bytes === null ? null : cache.store(key, fingerprint, bytes);
      });
      const isVersioned = file === null || isAsCatalogued(item, file.stats);
      if (stored !== null) return { ...stored, ...unpackStoryboard(stored.bytes), isVersioned };
      // A file that was written since the last scan is another one by then.
      if (isVersioned) misses.add(item.signature, rememberMissMs);
      throw new NoStoryboardError();
    },
    isPossible: ({ mediaType, signature }) => mediaType === 'VIDEO' && !misses.has(signature),
    async forget({ rootPath, relativePath }) {
      if (rootPath !== null) await cache.forget(cacheKeyOf({ rootPath, relativePath }));
    },
    resume: () => cache.resume(),
  };
}

function cacheKeyOf({ rootPath, relativePath }: { rootPath: string; relativePath: string }): string {
  return `storyboard:${rootPath}\0${relativePath}`;
}

/** Raised with every change of how storyboards look: all that were made before are stale then. */
const layoutVersion = 1;

/** It may be decoded later all the same, when FFmpeg was installed. */
const rememberMissMs = 10 * 60_000;

const fetchedAtOnce = 2;

/** Requests wait while theirs is made, for seconds each. */
const maxAtOnce = 32;
