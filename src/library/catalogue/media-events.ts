import { EventEmitter } from 'node:events';
import { closableIterable } from '../../base/async/closable-iterable.ts';
import { pause } from '../../base/async/pause.ts';
import { GatheredChanges, hasAny, type MediaChange, type MediaChanges } from './changes/gathered-changes.ts';
import { shareMediaChanges, type SharedMediaChanges } from './changes/share-media-changes.ts';

export { maxListedIds, type MediaChanges } from './changes/gathered-changes.ts';

/** Passes changes of items on to subscribers. */
export interface MediaEvents {
  publish(change: MediaChange): void;
  /** Whether anybody watches: only then is it worth while to find out what changed. */
  isHeard(): boolean;
  /** Yields the changes from now on, in one category or all; they are gathered while nobody takes them. */
  watch(category: string | null, signal: AbortSignal): AsyncIterableIterator<MediaChanges, void, void>;
  /** Tells other processes what they were not told yet. */
  close(): void;
}

/** Changes are gathered for this long: a scan changes hundreds of items at once. */
const gatherMs = 200;

/** Publishes that items are others now, by the categories whose roots they lie in. */
export function publishUpdated(
  events: Pick<MediaEvents, 'publish'>,
  items: Iterable<{ id: number; rootCategory: string }>,
): void {
  const byCategory = new Map<string, number[]>();
  for (const { id, rootCategory } of items) {
    byCategory.set(rootCategory, [...(byCategory.get(rootCategory) ?? []), id]);
  }
  for (const [category, updated] of byCategory) events.publish({ category, updated });
}

/**
 * `onChange` is called whenever something is published in this process. With a bus that reaches other processes, they tell each other
 * what they publish.
 */
export function createMediaEvents(onChange?: () => void, shared?: SharedMediaChanges): MediaEvents {
  const emitter = new EventEmitter<{ change: [MediaChange] }>().setMaxListeners(0);
  const share = shared?.bus.reachesOthers
    ? shareMediaChanges(shared, (change) => emitter.emit('change', change))
    : null;
  return {
    publish(change) {
      onChange?.();
      emitter.emit('change', change);
      share?.tell(change);
    },
    close: () => share?.flush(),
    isHeard: () => share !== null || emitter.listenerCount('change') > 0,
    watch(category, signal) {
      const gathered = new Map<string, GatheredChanges>();
      let wake = new AbortController();
      const gather = (change: MediaChange): void => {
        if (category !== null && change.category !== category) return;
        const changes = gathered.get(change.category) ?? new GatheredChanges(change.category);
        gathered.set(change.category, changes);
        changes.add(change);
        wake.abort();
      };
      // Gathering begins here, not with the first `next()`: nothing that happens after the answer to the subscription
      // may
      // be lost.
      emitter.on('change', gather);
      const stop = () => void emitter.off('change', gather);
      // A subscriber that leaves before its first `next()` never starts the generator below, nor its `finally`.
      signal.addEventListener('abort', stop);
      return closableIterable([signal], async function* watchChanges(closed) {
        try {
          while (!closed.aborted) {
            if (gathered.size === 0) await pause(2 ** 30, closed, wake.signal);
            await pause(gatherMs, closed);
            wake = new AbortController();
            const taken = [...gathered.values()].map((changes) => changes.take());
            gathered.clear();
            for (const changes of taken) if (!closed.aborted && hasAny(changes)) yield changes;
          }
        } finally {
          stop();
          signal.removeEventListener('abort', stop);
        }
      });
    },
  };
}
