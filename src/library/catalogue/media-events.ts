import { EventEmitter } from 'node:events';
import { closableIterable } from '../../base/async/closable-iterable.ts';
import { pause } from '../../base/async/pause.ts';

/** Ids of items whose files lie in the category's root. */
interface MediaChange {
  category: string;
  added?: readonly number[];
  updated?: readonly number[];
  removed?: readonly number[];
}

/** The changes of a category that were gathered together; each id is in one of the lists at most. */
export interface MediaChanges {
  category: string;
  added: number[];
  updated: number[];
  removed: number[];
  /** Whether more items changed than the lists may name. */
  isCut: boolean;
}

/** Passes changes of items on to subscribers. */
export interface MediaEvents {
  publish(change: MediaChange): void;
  /** Whether anybody watches: only then is it worth while to find out what changed. */
  isHeard(): boolean;
  /** Yields the changes from now on, in one category or all; they are gathered while nobody takes them. */
  watch(category: string | null, signal: AbortSignal): AsyncIterableIterator<MediaChanges, void, void>;
}

/** Changes are gathered for this long: a scan changes hundreds of items at once. */
const gatherMs = 200;
export const maxListedIds = 500;

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

/** `onChange` is called whenever something is published. */
export function createMediaEvents(onChange?: () => void): MediaEvents {
  const emitter = new EventEmitter<{ change: [MediaChange] }>().setMaxListeners(0);
  return {
    publish(change) {
      onChange?.();
      emitter.emit('change', change);
    },
    isHeard: () => emitter.listenerCount('change') > 0,
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

function hasAny({ added, updated, removed }: MediaChanges): boolean {
  return added.length + updated.length + removed.length > 0;
}

/** Keeps one state for each item: added and then updated is added; added and then removed is nothing. */
class GatheredChanges {
  readonly #category: string;
  readonly #states = new Map<number, 'added' | 'updated' | 'removed'>();
  #isCut = false;

  constructor(category: string) {
    this.#category = category;
  }

  add({ added = [], updated = [], removed = [] }: MediaChange): void {
    for (const id of added) this.#set(id, 'added');
    for (const id of updated) this.#set(id, this.#states.get(id) === 'added' ? 'added' : 'updated');
    for (const id of removed) {
      if (this.#states.get(id) === 'added') this.#states.delete(id);
      else this.#set(id, 'removed');
    }
  }

  take(): MediaChanges {
    const idsOf = (wanted: string) => [...this.#states].filter(([, state]) => state === wanted).map(([id]) => id);
    return {
      category: this.#category,
      added: idsOf('added'),
      updated: idsOf('updated'),
      removed: idsOf('removed'),
      isCut: this.#isCut,
    };
  }

  /**
   * The limit is for a subscriber that reads slowly, or not at all: the service must not remember a whole scan for it.
   */
  #set(id: number, state: 'added' | 'updated' | 'removed'): void {
    if (this.#states.size >= maxListedIds && !this.#states.has(id)) this.#isCut = true;
    else this.#states.set(id, state);
  }
}
