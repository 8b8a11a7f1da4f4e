import { orAfter } from '../../../base/async/or-after.ts';
import type { Logger } from 'pino';
import { createLeftOut, type LeftOutRules } from '../../catalogue/left-out.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import { createPendingPlaces } from './pending-places.ts';
import { placeOfSidecar } from './place-of-sidecar.ts';
import { createPlaceFilter } from './place-filter.ts';
import type { RootListener } from './root-listener.ts';
import { scanPlaces, scanRoots, type PlaceScanner } from './scan-places.ts';
import type { WatchDuty } from './watch-duty.ts';
import { watchRoot, type RootWatch } from './watch-root.ts';

/** Turns what happens in the roots into scans of the places where it happened. */
export interface Watch {
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions extends PlaceScanner {
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory' | 'onChange'>;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Says which roots are this node's to watch. Absent: all are. */
  duty?: WatchDuty | null;
  /** Time for which a place rests before it is scanned. */
  quietMs: number;
  /** Interval of the scans of a root without events. */
  pollMs: number;
  /** Interval of the checks whether the watched folders are still the roots. */
  recheckMs?: number;
  /** Time for which `start` and `close` wait for roots that do not answer. */
  patienceMs?: number;
}

interface WatchedRoot {
  watch: RootWatch;
  rootPath: string;
  /** What is left out of the watch, as text to compare with. */
  leftOut: string;
  /** Time of the next scan of a root without events, by `performance`. */
  nextPollAt: number;
}

export function createWatch(options: WatchOptions): Watch {
  const { mediaConfig, log, duty = null, quietMs, pollMs, recheckMs = 15_000, patienceMs = 5_000 } = options;
  // Times are those of `performance`, as the clock of the machine may be changed.
  const pending = createPendingPlaces(quietMs);
  const isScanned = createPlaceFilter();
  const watched = new Map<string, WatchedRoot>();
  /** The running checks by category, one for each: two would watch a root twice, and one that hangs delays no other. */
  const checks = new Map<string, Promise<void>>();
  const closed = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let scanning: Promise<void> | undefined;
  let stopListening: (() => void) | undefined;

  async function checkAll(): Promise<void> {
    const configured = mediaConfig.current().categories.map(({ key }) => key);
    for (const key of new Set([...watched.keys(), ...configured])) {
      if (checks.has(key)) continue;
      const check = checkRoot(key)
        .catch((error: unknown) => log.error({ err: error, category: key }, 'watching a root failed'))
        .finally(() => checks.delete(key));
      checks.set(key, check);
    }
    await checksOrPatience();
  }

  async function checksOrPatience(): Promise<void> {
    await orAfter(Promise.all(checks.values()), patienceMs, undefined);
  }

  async function checkRoot(key: string): Promise<void> {
    const category = mediaConfig.findCategory(key);
    const current = watched.get(key);
    if (category !== undefined && duty !== null && !(await duty.has(category))) return unwatch(key);
    if (current !== undefined) {
      const isConfigured = category?.rootPath === current.rootPath && !closed.signal.aborted;
      const isWhole = isConfigured && describeLeftOut(category) === current.leftOut;
      if (isWhole && !(await current.watch.wasReplaced())) return;
      watched.delete(key);
      await current.watch.close();
      if (isConfigured) pending.add(key, '', performance.now());
    }
    if (category === undefined || closed.signal.aborted) return duty?.leave(key);
    await watchCategory(category);
  }

  /** Stops watching a root that is another node's now, which begins with a scan of all of it. */
  async function unwatch(key: string): Promise<void> {
    const current = watched.get(key);
    watched.delete(key);
    await current?.watch.close();
  }

  async function watchCategory(configured: CategoryConfig): Promise<void> {
    const { key, rootPath } = configured;
    const listener: RootListener = {
      onPlaces(places) {
        const category = mediaConfig.findCategory(key);
        if (category === undefined) return;
        const now = performance.now();
        for (const changed of places.map(placeOfSidecar)) {
          if (isScanned(category, changed)) pending.add(key, changed.place, now);
        }
      },
      onGap(error) {
        log.warn({ err: error, category: key }, 'events of a root were lost; all of it is scanned');
        pending.add(key, '', performance.now());
      },
    };
    try {
      const watch = await watchRoot(rootPath, listener, createLeftOut(configured));
      if (closed.signal.aborted) return await watch.close();
      watched.set(key, {
        watch,
        rootPath,
        leftOut: describeLeftOut(configured),
        nextPollAt: performance.now() + pollMs,
      });
      log.info({ category: key, hasEvents: watch.hasEvents }, 'a root is watched');
      // Changes from before the watch are found by a scan of all.
      pending.add(key, '', performance.now());
    } catch (error) {
      // A disk that is away is not a fault, and is checked for again.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        log.warn({ err: error, category: key }, 'a root cannot be watched; it is tried again');
      }
      await duty?.leave(key);
    }
  }

  function scanDue(): void {
    if (scanning !== undefined || closed.signal.aborted) return;
    const polled = takePolled(performance.now());
    const paths = polled.length > 0 ? [] : pending.takeRested(performance.now());
    if (polled.length === 0 && paths.length === 0) return;
    scanning = (polled.length > 0 ? scanRoots(options, polled) : scanPlaces(options, paths))
      .then((again) => {
        for (const { category, place, pauseMs } of again) pending.add(category, place, performance.now() + pauseMs);
      })
      .catch((error: unknown) => log.error({ err: error }, 'a scan of watched places failed'))
      .finally(() => (scanning = undefined));
  }

  function takePolled(now: number): string[] {
    const due = [...watched].filter(([, { watch, nextPollAt }]) => !watch.hasEvents && now >= nextPollAt);
    for (const [, root] of due) root.nextPollAt = now + pollMs;
    return due.map(([key]) => key);
  }

  return {
    async start() {
      await checkAll();
      stopListening = mediaConfig.onChange(() => void checkAll());
      timers.push(
        setInterval(scanDue, Math.min(500, quietMs / 2)),
        setInterval(() => void checkAll(), recheckMs),
      );
    },
    async close() {
      closed.abort();
      stopListening?.();
      for (const timer of timers) clearInterval(timer);
      await checksOrPatience();
      for (const [key, { watch }] of watched) {
        await watch.close();
        await duty?.leave(key);
      }
      watched.clear();
      pending.clear();
    },
  };
}

function describeLeftOut({ includesLitter = false, ownPlaces = [] }: LeftOutRules): string {
  return JSON.stringify([includesLitter, ownPlaces]);
}
