import { posix } from 'node:path';
import type { Logger } from 'pino';
import { artworkPlaces, type PicturePurpose } from '../../companions/artwork-names.ts';
import { isAsCatalogued } from '../../metadata/signature.ts';
import { findEmbeddedPosters } from './embedded-poster.ts';
import { fileOrigin, findFile, type FoundFile } from './file-origin.ts';
import { createFolderNames } from './folder-names.ts';
import { cacheKeyOfCover, cacheKeyOfFrame } from './cache-keys.ts';
import { longestSides, type PictureOrigin, type PictureSize } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import { type FindStandIn, photoOrigin } from './photo-origin.ts';
import type { RemoteFrames } from './remote-frames.ts';
import type { PicturedItem } from './pictured-item.ts';
import { createUpstreamThumbnails, longestUpstreamSide, type ThumbnailUpstream } from './upstream-thumbnail.ts';

/** What is to be seen, and how large it is at most. */
export interface PosterRequest {
  purpose: PicturePurpose;
  size: PictureSize;
}

/**
 * Yields all that an item's picture can be made of, the best first; a later origin is not looked for before it is
 * requested.
 */
export type PosterChain = (item: PicturedItem, request: PosterRequest) => AsyncGenerator<PictureOrigin>;

export interface PosterChainOptions {
  renderer: PictureRenderer;
  /** The service's own image store, the other folder where a poster that was set may lie. */
  imagesDir: string;
  /** Absent where no copyparty is configured. */
  upstream?: ThumbnailUpstream | undefined;
  findStandIn: FindStandIn;
  /** The program that decodes films; null for what npm brought, or else the system's. */
  ffmpegPath: string | null;
  /** Frames of films that are not on this disk; absent where all bytes come from it. */
  remoteFrames?: RemoteFrames | undefined;
  log: Pick<Logger, 'warn'>;
}

export function createPosterChain({
  renderer,
  imagesDir,
  upstream,
  findStandIn,
  ffmpegPath,
  remoteFrames,
  log,
}: PosterChainOptions): PosterChain {
  const listNames = createFolderNames();
  const upstreamThumbnail = upstream && createUpstreamThumbnails({ upstream, renderer, log });

  return async function* findOrigins(item, { purpose, size }) {
    yield* findSetPosters(item);
    yield* findEmbeddedPosters(item, renderer);
    // In a gallery `1.jpg` beside `1.png` is another photo; only beside a file that cannot be shown itself, such as a
    // RAW,
    // it may be the picture of it.
    const isTileOfPhoto = item.mediaType === 'IMAGE' && purpose === 'thumbnail';
    if (!isTileOfPhoto) yield* findSidecars(item, purpose);
    yield* findOwnPictures(item, size);
    if (isTileOfPhoto) yield* findSidecars(item, purpose);
  };

  async function* findSetPosters({ rootPath, posterPath }: PicturedItem): AsyncGenerator<PictureOrigin> {
    if (posterPath === null) return;
    for (const folder of [rootPath, imagesDir]) {
      const file = await findFile({ rootPath: folder, relativePath: posterPath }, log);
      if (file !== null) yield fileOrigin(file, { renderer, isVersioned: false, isTolerant: false });
    }
  }

  async function* findSidecars(item: PicturedItem, purpose: PicturePurpose): AsyncGenerator<PictureOrigin> {
    const { rootPath } = item;
    for (const { folder, names: wantedNames } of artworkPlaces(item, purpose)) {
      const names = await listNames({ rootPath, relativePath: folder });
      for (const wanted of wantedNames) {
        const name = names.get(wanted);
        const file = name && (await findFile({ rootPath, relativePath: posix.join(folder, name) }, log));
        if (file) yield fileOrigin(file, { renderer, isVersioned: false, isTolerant: false });
      }
    }
  }

  /** copyparty's thumbnails come first, as they are there already; for a whole screen they are too small. */
  async function* findOwnPictures(item: PicturedItem, size: PictureSize): AsyncGenerator<PictureOrigin> {
    const file = await findFile(item, log);
    // A file that changed since the last scan has a URL with the version of its older content.
    const isVersioned = file === null || isAsCatalogued(item, file.stats);
    const thumbnail = upstreamThumbnail?.(item, file?.identity ?? item.signature, isVersioned);
    const isEnough = longestSides[size] <= longestUpstreamSide;
    if (thumbnail && isEnough) yield thumbnail;
    if (item.mediaType === 'IMAGE') yield photoOrigin(item, file, { renderer, isVersioned, findStandIn });
    else if (file !== null) yield coverOrigin(file, isVersioned);
    if (item.mediaType === 'VIDEO') {
      if (file !== null) yield frameOrigin(file, isVersioned);
      else if (remoteFrames) yield remoteFrames(item);
    }
    if (thumbnail && !isEnough) yield thumbnail;
  }

  function coverOrigin({ rootPath, relativePath, identity }: FoundFile, isVersioned: boolean): PictureOrigin {
    return {
      cacheKey: cacheKeyOfCover(rootPath, relativePath),
      fingerprint: identity,
      isVersioned,
      render: (size, signal) => renderer.render({ kind: 'cover', rootPath, relativePath }, size, signal),
    };
  }
  function frameOrigin({ rootPath, relativePath, identity }: FoundFile, isVersioned: boolean): PictureOrigin {
    return {
      cacheKey: cacheKeyOfFrame(rootPath, relativePath),
      fingerprint: identity,
      isVersioned,
      render: (size, signal) => renderer.render({ kind: 'frame', rootPath, relativePath, ffmpegPath }, size, signal),
    };
  }
}
