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
  /** The tag is strong: a hash of the bytes. */
  etag: string;
  /** When it was rendered. */
  modifiedAt: Date;
}

/** Rendered pictures on the disk, one for each key: what is stored for a key replaces what was there. */
export interface PictureCache {
  /** Returns null where there is none for the key, or it has another fingerprint. */
  find(key: string, fingerprint: string): Promise<StoredPicture | null>;
  /**
   * Stores and returns a picture. A disk that is full or refuses writes is logged; the picture is returned all the
   * same.
   */
  store(key: string, fingerprint: string, bytes: Buffer): Promise<StoredPicture>;
  /** Removes what is kept for the key. */
  forget(key: string): Promise<void>;
  /** Whether what is stored next may drive out something else. */
  isFull(): Promise<boolean>;
  /** How many bytes all pictures have. The folder is read once, at the first use of the cache. */
  totalBytes(): Promise<number>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
}

interface PictureCacheOptions {
  /** The folder is made when it is first needed; everything in it may be removed at any time. */
  folder: string;
  /** Limit of all pictures together; what was used least recently goes first. */
  maxBytes: number;
  log: Pick<Logger, 'warn'>;
}

export function createPictureCache({ folder, maxBytes, log }: PictureCacheOptions): PictureCache {
  let loading: Promise<CacheIndex> | undefined;
  const loadIndex = () => (loading ??= loadCacheEntries(folder).then((entries) => createCacheIndex(entries, maxBytes)));

  return {
    async find(key, fingerprint) {
      const index = await loadIndex();
      const entry = index.use(hashPart(key));
      if (entry?.fingerprint !== hashPart(fingerprint)) return null;
      const picture = await readEntry(folder, entry);
      if (picture === null) index.forget(entry);
      else await markUsed(folder, entry, picture.modifiedAt);
      return picture;
    },
    async store(key, fingerprint, bytes) {
      const hashes = { key: hashPart(key), fingerprint: hashPart(fingerprint), content: hashPart(bytes) };
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
    async forget(key) {
      const index = await loadIndex();
      const entry = index.use(hashPart(key));
      if (entry === undefined) return;
      index.forget(entry);
      await removeEntry(folder, entry);
    },
    isFull: async () => (await loadIndex()).totalBytes() > maxBytes * nearlyFull,
    totalBytes: async () => (await loadIndex()).totalBytes(),
    resume: () => clearAbandoned(unfinishedPictures(folder), log),
  };
}

/** The rest is for what somebody asks for. */
const nearlyFull = 0.9;

/** Pictures of a cache are written in one folder, which is quickly cleared at a start. */
function unfinishedPictures(folder: string): string {
  return join(folder, '.unfinished');
}

function etagOf({ content }: CacheEntry): string {
  return `"${content}"`;
}

/**
 * Returns null where the file is gone, or does not hold what its name says: nothing is flushed, so a power cut may
 * damage it.
 */
async function readEntry(folder: string, entry: CacheEntry): Promise<StoredPicture | null> {
  const path = cacheEntryPath(folder, entry);
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)]);
    return hashPart(bytes) === entry.content ? { bytes, etag: etagOf(entry), modifiedAt: mtime } : null;
  } catch {
    // Whatever the reason, the picture is rendered once more.
    return null;
  }
}

/** Writes a file under a temporary name first, so that nobody reads half of it. */
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
 * Sets the time of access, by which entries are ordered after a restart; the time of modification is the picture's own.
 */
async function markUsed(folder: string, entry: CacheEntry, modifiedAt: Date): Promise<void> {
  const now = new Date();
  if (now.getTime() - entry.lastUsedMs < markEveryMs) return;
  entry.lastUsedMs = now.getTime();
  await utimes(cacheEntryPath(folder, entry), now, modifiedAt).catch(() => undefined); // gone: the next find notices
}

const markEveryMs = 10 * 60_000;
