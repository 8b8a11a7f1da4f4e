import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../../base/errors/domain-error.ts';
import type { FilmPart } from '../../../base/films/film.ts';
import { unfinishedName } from '../../../base/files/unfinished.ts';
import type { ByteSource } from '../byte-source.ts';
import type { OpenSource } from '../choose-source.ts';
import { cacheKeyOfFrame } from './cache-keys.ts';
import type { PictureOrigin, PictureSize } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';
import { ThumbnailUnavailableError } from './poster-errors.ts';

/** Makes a frame of a film that is not on this disk an origin. */
export type RemoteFrames = (item: PicturedItem) => PictureOrigin;

export interface RemoteFramesOptions {
  openSource: OpenSource;
  /** Parts of films lie there while they are read. */
  folder: string;
  /** What needs more of a film has no frame. */
  maxBytes?: number;
  renderer: Pick<PictureRenderer, 'renderPart'>;
}

/**
 * Brings here what a decoder reads of a film, and no more: the decoder is started anew with each part that it missed. They
 * lie at their places in a file that is otherwise empty.
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
        const source = await openSource(
          { ...item, contentType: 'application/octet-stream' },
          { signal, expected: { start: 0, end: partBytes - 1 } },
        );
        try {
          return await renderInParts(source, size, signal);
        } finally {
          await source.close();
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof DomainError)) throw error;
        throw new ThumbnailUnavailableError({ cause: error });
      }
    },
  });

  async function renderInParts(source: ByteSource, size: PictureSize, signal: AbortSignal): Promise<Buffer | null> {
    const name = unfinishedName();
    const path = join(folder, name);
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.truncate(source.sizeBytes);
      const parts: FilmPart[] = [];
      let next = { start: 0, length: partBytes };
      for (let leftBytes = maxBytes; leftBytes > 0 && parts.length < maxParts;) {
        const part = await fetchPart(source, file, { ...next, length: Math.min(next.length, leftBytes) }, signal);
        parts.push(part);
        leftBytes -= part.end - part.start;
        const place = { rootPath: folder, relativePath: name, ffmpegPath: null, parts };
        const result = await renderer.renderPart({ kind: 'frame', ...place }, size, signal);
        if (typeof result !== 'number') return result;
        // Who reads on and on gets ever more: each part costs another run from the beginning.
        const readsOn = result === part.end;
        next = readsOn
          ? { start: result, length: 2 * (part.end - part.start) }
          : { start: result - (result % partBytes), length: partBytes };
      }
      return null;
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  }
}

async function fetchPart(
  source: ByteSource,
  file: FileHandle,
  { start, length }: { start: number; length: number },
  signal: AbortSignal,
): Promise<FilmPart> {
  const end = Math.min(start + length, source.sizeBytes);
  let position = start;
  if (end > start) {
    for await (const chunk of await source.open({ start, end: end - 1 }, signal)) {
      const bytes = chunk as Buffer;
      await file.write(bytes, 0, bytes.length, position);
      position += bytes.length;
    }
  }
  return { start, end };
}

/** A key frame seldom has more, and the index of a film is read in a few of them. */
const partBytes = 2 ** 20;
/** What is needed from more places of a film cannot be its index and a few key frames. */
const maxParts = 32;
