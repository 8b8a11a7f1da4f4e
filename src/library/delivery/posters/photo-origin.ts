import { cacheKeyOfFile } from './cache-keys.ts';
import type { FileLocation, FoundFile } from './file-origin.ts';
import { longestSides, type PictureOrigin, type PictureSize } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';
import type { PicturedItem } from './pictured-item.ts';
import type { PictureSource } from './render-picture.task.ts';

/** A smaller picture of an image, made earlier of its present file: its image proxy. */
interface StandIn {
  rootPath: string;
  relativePath: string;
  width: number;
  height: number;
  /** The size of the image itself. */
  originalWidth: number;
  originalHeight: number;
}

/** Returns the stand-in of an item's file as it is catalogued; null where there is none. */
export type FindStandIn = (mediaId: number) => Promise<StandIn | null>;

interface PhotoOriginOptions {
  renderer: PictureRenderer;
  /** Whether the file is the one that is catalogued: a stand-in shows none that was written since. */
  isVersioned: boolean;
  findStandIn: FindStandIn;
}

/**
 * The picture of an image. It is made of the image's stand-in where that is large enough, which takes a fraction of the
 * time for what phones and cameras write; else of its file, where that is there and can be decoded; else of any stand-in.
 */
export function photoOrigin(
  { id, rootPath, relativePath, signature }: PicturedItem,
  file: FoundFile | null,
  { renderer, isVersioned, findStandIn }: PhotoOriginOptions,
): PictureOrigin {
  return {
    cacheKey: cacheKeyOfFile(rootPath, relativePath),
    fingerprint: file?.identity ?? signature,
    isVersioned,
    async render(size, signal) {
      const standIn = isVersioned ? await findStandIn(id) : null;
      const sources: PictureSource[] = [];
      if (standIn !== null && isEnough(standIn, size)) sources.push(sourceOf(standIn, false));
      // There is nothing better to fall back on, so a damaged photo is shown as far as it goes.
      if (file !== null) sources.push(sourceOf(file, true));
      if (standIn !== null && !isEnough(standIn, size)) sources.push(sourceOf(standIn, false));
      for (const source of sources) {
        const bytes = await renderer.render(source, size, signal);
        if (bytes !== null) return bytes;
      }
      return null;
    },
  };
}

function isEnough({ width, height, originalWidth, originalHeight }: StandIn, size: PictureSize): boolean {
  return Math.max(width, height) >= Math.min(longestSides[size], Math.max(originalWidth, originalHeight));
}

function sourceOf({ rootPath, relativePath }: FileLocation, isTolerant: boolean): PictureSource {
  return { kind: 'file', rootPath, relativePath, isTolerant };
}
