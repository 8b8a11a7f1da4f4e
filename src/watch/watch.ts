import type { Logger } from 'pino';
import type { CategoryConfig } from '../config/media-config.ts';
import type { MediaConfigStore } from '../config/media-config-store.ts';
import { unfinishedPrefix } from '../scan/unfinished-files.ts';
import { createPendingPlaces } from './pending-places.ts';
import { scanPlaces, type PlaceScanner } from './scan-places.ts';
import { watchRoot, type RootWatch } from './watch-root.ts';

/** Turns what happens in the roots into scans of the places where it happened. */
export interface Watch {
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions extends PlaceScanner {
  mediaConfig: Pick<MediaConfigStore, 'current' | 'onChange'>;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** How long a place rests before it is scanned. */
  quietMs: number;
  /** How often a root without events is scanned. */
  pollMs: number;
  /** How often it is looked whether the watched folders are still the roots. */
  recheckMs?: number;
}

export function createWatch(options: WatchOptions): Watch {
  const { mediaConfig, log, quietMs, pollMs, recheckMs = 15_000 } = options;
  const pending = createPendingPlaces(quietMs);
  const watched = new Map<string, { watch: RootWatch; rootPath: string; polledAt: number }>();
  const closed = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let checking: Promise<void> = Promise.resolve();
  let scanning: Promise<void> | undefined;
  let stopListening: (() => void) | undefined;

  /** One check at a time: two would watch a root twice. */
  function check(): Promise<void> {
    checking = checking.then(checkRoots).catch((error: unknown) => log.error({ err: error }, 'watching roots failed'));
    return checking;
  }

  async function checkRoots(): Promise<void> {
    const { categories } = mediaConfig.current();
    for (const [key, { watch, rootPath }] of watched) {
      const isConfigured = categories.some((category) => category.key === key && category.rootPath === rootPath);
      if (isConfigured && !closed.signal.aborted && !(await watch.wasReplaced())) continue;
      watched.delete(key);
      await watch.close();
      if (isConfigured) pending.add(key, '', Date.now());
    }
    for (const category of categories) {
      if (closed.signal.aborted) return;
      const current = watched.get(category.key);
      if (current === undefined) await watchCategory(category);
      else if (!current.watch.hasEvents && Date.now() - current.polledAt >= pollMs) {
        current.polledAt = Date.now();
        pending.add(category.key, '', 0);
      }
    }
  }

  async function watchCategory({ key, rootPath }: CategoryConfig): Promise<void> {
    try {
      const watch = await watchRoot(rootPath, {
        onPlaces(places) {
          const now = Date.now();
          for (const { place } of places) if (!isOurOwn(place)) pending.add(key, place, now);
        },
        onGap(error) {
          log.warn({ err: error, category: key }, 'events of a root were lost; all of it is scanned');
          pending.add(key, '', Date.now());
        },
      });
      watched.set(key, { watch, rootPath, polledAt: Date.now() });
      log.info({ category: key, hasEvents: watch.hasEvents }, 'a root is watched');
      // What happened before the first event could be heard.
      pending.add(key, '', Date.now());
    } catch (error) {
      // A disk that is away is no fault, and is looked for again.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        log.warn({ err: error, category: key }, 'a root cannot be watched; it is tried again');
      }
    }
  }

  function scanRested(): void {
    if (scanning !== undefined || closed.signal.aborted) return;
    const paths = pending.takeRested(Date.now());
    if (paths.length === 0) return;
    scanning = scanPlaces(options, paths)
      .then((again) => {
        for (const { category, place } of again) pending.add(category, place, Date.now());
      })
      .catch((error: unknown) => log.error({ err: error }, 'a scan of watched places failed'))
      .finally(() => (scanning = undefined));
  }

  return {
    async start() {
      await check();
      stopListening = mediaConfig.onChange(() => void check());
      timers.push(
        setInterval(scanRested, Math.min(500, quietMs / 2)),
        setInterval(() => void check(), recheckMs),
      );
    },
    async close() {
      closed.abort();
      stopListening?.();
      for (const timer of timers) clearInterval(timer);
      await checking;
      for (const { watch } of watched.values()) await watch.close();
      watched.clear();
      pending.clear();
    },
  };
}

/** Uploads on their way, and the marker of the root: no scan takes them in. */
function isOurOwn(place: string): boolean {
  return place.slice(place.lastIndexOf('/') + 1).startsWith(unfinishedPrefix);
}
