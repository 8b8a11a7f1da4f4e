import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../../base/async/background-loop.ts';
import { pause } from '../../../base/async/pause.ts';
import type { Database } from '../../../base/database/database.ts';
import type { PictureSize } from '../posters/picture-origin.ts';
import type { PicturedItem } from '../posters/pictured-item.ts';
import type { Posters } from '../posters/posters.ts';
import type { Placeholders } from './placeholders.ts';
import { countWaiting, readWaiting } from './sql/waiting-items.ts';

/** How far the thumbnails are that nobody asked for yet. */
export interface AheadProgress {
  size: PictureSize;
  /** WAITING: others have work to do. CACHE_FULL: no more is made, as it would drive out what people look at. */
  state: 'IDLE' | 'WORKING' | 'WAITING' | 'CACHE_FULL';
  /** Since the service started. */
  madeCount: number;
  /** Items whose picture was not looked for yet, as of some seconds ago. */
  leftCount: number;
}

/**
 * Makes the thumbnails of items that have none yet, with their placeholders: behind everything else, one at a time, so that
 * the first look at a new library finds its tiles. Which items are left stands in the catalogue, so a restart goes on.
 */
export interface ThumbnailsAhead extends BackgroundLoop {
  progress(): Promise<AheadProgress>;
}

interface ThumbnailsAheadOptions {
  database: Pick<Database, 'read'>;
  findItem: (id: number) => Promise<PicturedItem | null>;
  /** Whether the files of an item can be read now: what is offline waits for its disk. */
  isOnline: (item: PicturedItem) => Promise<boolean>;
  posters: Pick<Posters, 'find' | 'isBusy' | 'isCacheFull'>;
  placeholders: Pick<Placeholders, 'noteNone' | 'drain'>;
  size: PictureSize;
  /** Whether a worker has anything to do, for whomever. */
  areWorkersBusy: () => boolean;
  log: Pick<Logger, 'error' | 'info' | 'warn'>;
}

export function createThumbnailsAhead(options: ThumbnailsAheadOptions): ThumbnailsAhead {
  const { database, findItem, isOnline, posters, placeholders, size, areWorkersBusy, log } = options;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const progress: Omit<AheadProgress, 'leftCount'> = { size, state: 'IDLE', madeCount: 0 };
  const countLeft = remember(() => countWaiting(database));
  let before = firstId;

  const loop = createBackgroundLoop({
    name: 'making thumbnails ahead',
    log,
    begin() {
      before = firstId;
    },
    async step() {
      // Where it must not work it asks the database nothing: each upload wakes it.
      if (!(await mayWork())) return 0;
      const ids = await readWaiting(database, before, itemsPerStep);
      before = ids.at(-1) ?? before;
      for (const id of ids) {
        if (!(await mayWork())) return 0;
        await make(id);
      }
      if (ids.length === 0) progress.state = 'IDLE';
      return ids.length;
    },
  });

  /** Waits until nobody else has work; false where the cache is full, or the service closes. */
  async function mayWork(): Promise<boolean> {
    while (!closing.signal.aborted && (posters.isBusy() || areWorkersBusy())) {
      progress.state = 'WAITING';
      await pause(lookAgainMs, closing.signal);
    }
    if (closing.signal.aborted) return false;
    if (await posters.isCacheFull()) {
      if (progress.state !== 'CACHE_FULL')
        log.info({ ...progress }, 'the cache of thumbnails is full; no more are made ahead');
      progress.state = 'CACHE_FULL';
      return false;
    }
    progress.state = 'WORKING';
    return true;
  }

  async function make(id: number): Promise<void> {
    const item = await findItem(id);
    if (item === null || item.status !== 'AVAILABLE' || !(await isOnline(item))) return;
    try {
      const poster = await posters.find(item, { purpose: 'thumbnail', size }, closing.signal);
      if (!poster.isDrawn) {
        // Its placeholder is stored before the next one begins: after a restart it is not made again.
        await placeholders.drain();
        progress.madeCount += 1;
      } else if (!poster.hasFailed) await placeholders.noteNone(item);
    } catch (error) {
      if (!closing.signal.aborted) log.warn({ err: error, mediaId: id }, 'a thumbnail could not be made ahead');
    }
  }

  return {
    ...loop,
    progress: async () => ({ ...progress, leftCount: await countLeft() }),
    close() {
      closing.abort();
      return loop.close();
    },
  };
}

/** The largest number that an ID can have on both databases. */
const firstId = 2 ** 31 - 1;
/** Asks again after some seconds only: of a million items it counts for a tenth of a second. */
function remember(count: () => Promise<number>): () => Promise<number> {
  let last: { at: number; count: Promise<number> } | undefined;
  return () => {
    if (last === undefined || performance.now() - last.at > freshMs) last = { at: performance.now(), count: count() };
    return last.count;
  };
}

const freshMs = 5_000;

const itemsPerStep = 50;
const lookAgainMs = 100;
