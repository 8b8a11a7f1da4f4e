import type { PosterRequest } from './poster-chain.ts';
import type { PicturedItem } from './pictured-item.ts';

/**
 * The pictures that were shown lately, in memory. A gallery asks for tiles by addresses that name the version of their items:
 * what was found for that version less than a minute ago is answered without a look at the disk.
 */
export interface ShownPictures<P extends FoundPicture> {
  /** Returns the picture of the item as it is catalogued now; null where none was noted, or long ago. */
  recall(item: PicturedItem, request: PosterRequest): P | null;
  /** Takes a picture that was found just now. Only one whose version the item's address tells is kept. */
  note(item: PicturedItem, request: PosterRequest, poster: P): void;
}

interface FoundPicture {
  bytes: Buffer;
  /** Whether the version in the item's addresses tells its content. */
  isVersioned: boolean;
  /** Whether something that may have a better picture failed, and may give it later. */
  hasFailed: boolean;
}

interface ShownPicturesOptions {
  /** Limit of all pictures together; what was shown least recently goes first. */
  maxBytes?: number;
  now?: () => number;
}

interface Shown<P> {
  poster: P;
  /** What the picture was found by: with other facts there may be another one. */
  facts: string;
  notedAt: number;
}

export function createShownPictures<P extends FoundPicture>({
  maxBytes = 32 * 2 ** 20,
  now = () => performance.now(),
}: ShownPicturesOptions = {}): ShownPictures<P> {
  // The order of a Map is that of its insertions.
  const pictures = new Map<string, Shown<P>>();
  let totalBytes = 0;

  function forget(key: string, { poster }: Shown<P>): void {
    pictures.delete(key);
    totalBytes -= costOf(poster);
  }

  return {
    recall(item, request) {
      const key = keyOf(item, request);
      const shown = pictures.get(key);
      if (shown === undefined) return null;
      if (shown.facts !== factsOf(item) || now() - shown.notedAt > forMs) {
        forget(key, shown);
        return null;
      }
      pictures.delete(key);
      pictures.set(key, shown);
      return shown.poster;
    },
    note(item, request, poster) {
      if (!poster.isVersioned || poster.hasFailed || poster.bytes.length > maxPictureBytes) return;
      const key = keyOf(item, request);
      const previous = pictures.get(key);
      if (previous !== undefined) forget(key, previous);
      pictures.set(key, { poster, facts: factsOf(item), notedAt: now() });
      totalBytes += costOf(poster);
      for (const [oldestKey, oldest] of pictures) {
        if (totalBytes <= maxBytes) break;
        forget(oldestKey, oldest);
      }
    },
  };
}

/** The time after which the disk is looked at again: a better picture may be there, such as copyparty's. */
const forMs = 60_000;

/** Tiles have some ten kilobytes; pictures for a whole screen are asked for one by one. */
const maxPictureBytes = 256 * 1024;

function keyOf({ id }: PicturedItem, { purpose, size }: PosterRequest): string {
  return `${id} ${purpose} ${size}`;
}

/** All that the catalogue and the configuration say of where the picture comes from, in one text. */
function factsOf(item: PicturedItem): string {
  const { signature, updatedAt, rootPath, relativePath, copypartyPath, posterPath } = item;
  return `${signature}\0${updatedAt.getTime()}\0${rootPath}\0${relativePath}\0${copypartyPath}\0${posterPath ?? ''}`;
}

/** The bytes, and what the entry itself takes. */
function costOf({ bytes }: FoundPicture): number {
  return bytes.length + 1024;
}
