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

/** What changed in a category within a moment; each id is in one of the lists at most. */
export interface MediaChanges {
  category: string;
  added: number[];
  updated: number[];
  removed: number[];
  /** There was more than is listed one by one. */
  isCut: boolean;
}

/** That items changed, for whoever wants to know. */
export interface MediaEvents {
  publish(change: MediaChange): void;
  /** Whether it is worth while to find out what changed. */
  isHeard(): boolean;
  /** The changes from now on, of one category or all, gathered while nobody takes them. */
  watch(category: string | null, signal: AbortSignal): AsyncIterableIterator<MediaChanges, void, void>;
}

/** A scan changes hundreds at once. */
const gatherMs = 200;
export const maxListedIds = 500;

export function createMediaEvents(): MediaEvents {
  const emitter = new EventEmitter<{ change: [MediaChange] }>().setMaxListeners(0);
  return {
    publish: (change) => void emitter.emit('change', change),
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
      // It listens from here on, not from the first look: nothing that happens after the answer to the subscription may
      // be lost.
      emitter.on('change', gather);
      const stop = () => void emitter.off('change', gather);
      // Whoever leaves before the first look never starts what stands below.
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

/** One state for each item: what was added and then updated was added; what was added and then removed never was. */
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

  /** Whoever reads slowly, or not at all, must not make the service remember a whole scan. */
  #set(id: number, state: 'added' | 'updated' | 'removed'): void {
    if (this.#states.size >= maxListedIds && !this.#states.has(id)) this.#isCut = true;
    else this.#states.set(id, state);
  }
}
