import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { clearAbandoned, unfinishedName } from '../../../base/files/unfinished.ts';
import { cacheEntryPath, hashPart, type CacheEntry } from './cache-entry.ts';
import { createCacheIndex, type CacheIndex } from './cache-index.ts';
import { loadCacheEntries } from './load-cache-entries.ts';

/** A rendered picture, a WebP. */
export interface StoredPicture {
  bytes: Buffer;
  /** Strong, by the bytes themselves. */
  etag: string;
  /** When it was rendered. */
  modifiedAt: Date;
}

/** Rendered pictures on the disk, one for each place: what is stored for a place replaces what was there. */
export interface PictureCache {
  /** Null where there is none for the place, or it was made of something else. */
  find(place: string, fingerprint: string): Promise<StoredPicture | null>;
  /** A disk that is full, or will not be written to, is logged; the picture is given all the same. */
  store(place: string, fingerprint: string, bytes: Buffer): Promise<StoredPicture>;
  /** Removes what is kept for the place. */
  forget(place: string): Promise<void>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

interface PictureCacheOptions {
  /** Made when it is first needed; everything in it may be removed at any time. */
  folder: string;
  /** What was used least recently goes first. */
  maxBytes: number;
  log: Pick<Logger, 'warn'>;
}

export function createPictureCache({ folder, maxBytes, log }: PictureCacheOptions): PictureCache {
  let loading: Promise<CacheIndex> | undefined;
  const loadIndex = () => (loading ??= loadCacheEntries(folder).then((entries) => createCacheIndex(entries, maxBytes)));

  return {
    async find(place, fingerprint) {
      const index = await loadIndex();
      const entry = index.use(hashPart(place));
      if (entry?.fingerprint !== hashPart(fingerprint)) return null;
      const picture = await readEntry(folder, entry);
      if (picture === null) index.forget(entry);
      else await markUsed(folder, entry, picture.modifiedAt);
      return picture;
    },
    async store(place, fingerprint, bytes) {
      const hashes = { place: hashPart(place), fingerprint: hashPart(fingerprint), content: hashPart(bytes) };
      const entry: CacheEntry = { ...hashes, sizeBytes: bytes.length, lastUsedMs: Date.now() };
      const picture = { bytes, etag: etagOf(entry), modifiedAt: new Date(entry.lastUsedMs) };
      if (bytes.length > maxBytes) return picture;
      try {
        const index = await loadIndex();
        await writeEntry(folder, entry, picture);
        await Promise.all(index.add(entry).map((other) => removeEntry(folder, other)));
      } catch (error) {
        log.warn({ err: error, folder }, 'a picture could not be cached; it is rendered again each time');
      }
      return picture;
    },
    async forget(place) {
      const index = await loadIndex();
      const entry = index.use(hashPart(place));
      if (entry === undefined) return;
      index.forget(entry);
      await removeEntry(folder, entry);
    },
    resume: () => clearAbandoned(unfinishedPictures(folder), log),
  };
}

/** Where the pictures of a cache are while they are written: one folder, which a start looks through in no time. */
function unfinishedPictures(folder: string): string {
  return join(folder, '.unfinished');
}

function etagOf({ content }: CacheEntry): string {
  return `"${content}"`;
}

/** Null where the file is gone, or does not hold what its name says: after a power cut, for nothing is flushed here. */
async function readEntry(folder: string, entry: CacheEntry): Promise<StoredPicture | null> {
  const path = cacheEntryPath(folder, entry);
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)]);
    return hashPart(bytes) === entry.content ? { bytes, etag: etagOf(entry), modifiedAt: mtime } : null;
  } catch {
    // Whatever the reason, it is rendered once more.
    return null;
  }
}

/** Under a name of its own first, so that nobody reads half of it. */
async function writeEntry(
  folder: string,
  entry: CacheEntry,
  { bytes, modifiedAt }: Pick<StoredPicture, 'bytes' | 'modifiedAt'>,
): Promise<void> {
  const path = cacheEntryPath(folder, entry);
  const unfinished = unfinishedPictures(folder);
  const temporary = join(unfinished, unfinishedName());
  await Promise.all([unfinished, dirname(path)].map((needed) => mkdir(needed, { recursive: true })));
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await utimes(temporary, modifiedAt, modifiedAt);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function removeEntry(folder: string, entry: CacheEntry): Promise<void> {
  await rm(cacheEntryPath(folder, entry), { force: true });
}

/**
 * Notes the use, for the order after a restart, in the time of access, since that of modification is the picture's own.
 */
async function markUsed(folder: string, entry: CacheEntry, modifiedAt: Date): Promise<void> {
  const now = new Date();
  if (now.getTime() - entry.lastUsedMs < markEveryMs) return;
  entry.lastUsedMs = now.getTime();
  await utimes(cacheEntryPath(folder, entry), now, modifiedAt).catch(() => undefined); // gone: it is found out next time
}

const markEveryMs = 10 * 60_000;
