import { DomainError } from '../../../base/errors/domain-error.ts';
import { type FilmParts, type FilmPartsOptions, partAt, withFilmParts } from '../film-parts.ts';
import { cacheKeyOfFrame } from './cache-keys.ts';
import type { PictureOrigin, PictureSize } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';
import { ThumbnailUnavailableError } from './poster-errors.ts';

/** Makes a frame of a film that is not on this disk an origin. */
export type RemoteFrames = (item: PicturedItem) => PictureOrigin;

export interface RemoteFramesOptions extends FilmPartsOptions {
  /** What needs more of a film has no frame. */
  maxBytes?: number;
  renderer: Pick<PictureRenderer, 'renderPart'>;
}

/**
 * Brings here what a decoder reads of a film, and no more: the decoder is started anew with each part that it missed.
 */
export function createRemoteFrames({
  openSource,
  folder,
  renderer,
  maxBytes = 64 * 2 ** 20,
}: RemoteFramesOptions): RemoteFrames {
  return (item) => ({
    cacheKey: cacheKeyOfFrame(item.rootPath, item.relativePath),
    fingerprint: item.signature,
    isVersioned: true,
    async render(size, signal) {
      try {
        return await withFilmParts({ openSource, folder }, item, { signal, firstBytes: partBytes }, (film) =>
          renderInParts(film, size, signal),
        );
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof DomainError)) throw error;
        throw new ThumbnailUnavailableError({ cause: error });
      }
    },
  });

  async function renderInParts(film: FilmParts, size: PictureSize, signal: AbortSignal): Promise<Buffer | null> {
    let next = { start: 0, end: partBytes };
    for (let leftBytes = maxBytes; leftBytes > 0 && film.parts.length < maxParts;) {
      const end = Math.min(next.end, next.start + leftBytes, film.sizeBytes);
      await film.fetch({ start: next.start, end });
      leftBytes -= end - next.start;
      const place = { ...film.place, ffmpegPath: null, parts: film.parts };
      const result = await renderer.renderPart({ kind: 'frame', ...place }, size, signal);
      if (typeof result !== 'number') return result;
      const readsOn = result === end;
      next = partAt(readsOn ? result : result - (result % partBytes), partBytes, readsOn ? film.parts.slice(-1) : []);
    }
    return null;
  }
}

/** A key frame seldom has more, and the index of a film is read in a few of them. */
const partBytes = 2 ** 20;
/** What is needed from more places of a film cannot be its index and a few key frames. */
const maxParts = 32;
