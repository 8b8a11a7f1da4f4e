import { z } from 'zod';
import type { Bus } from '../../../base/bus/bus.ts';
import { GatheredChanges, hasAny, type MediaChange } from './gathered-changes.ts';

export interface SharedMediaChanges {
  bus: Pick<Bus, 'publish' | 'subscribe' | 'reachesOthers'>;
  /** The keys of the configured categories: after a gap any of them may have changed. */
  categories: () => readonly string[];
}

const topic = 'media';
/** A scan publishes hundreds of times a second. */
const gatherMs = 200;

const ids = z.array(z.int());
const sharedChange = z.object({ category: z.string(), added: ids, updated: ids, removed: ids, isCut: z.boolean() });

interface MediaChangeSharer {
  /** Tells other processes of a change, within a fraction of a second. */
  tell(change: MediaChange): void;
  flush(): void;
}

/** Tells other processes of changes; `onChange` gets theirs. */
export function shareMediaChanges(
  { bus, categories }: SharedMediaChanges,
  onChange: (change: MediaChange) => void,
): MediaChangeSharer {
  const gathered = new Map<string, GatheredChanges>();
  let sentAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    sentAt = performance.now();
    const taken = [...gathered.values()].map((changes) => changes.take());
    gathered.clear();
    for (const changes of taken) if (hasAny(changes)) bus.publish(topic, JSON.stringify(changes));
  }

  bus.subscribe(topic, (message, isOwn) => {
    if (isOwn) return;
    const change = message === null ? null : readChange(message);
    if (change !== null) onChange(change);
    else for (const category of categories()) onChange({ category, isCut: true });
  });

  return {
    tell(change) {
      const changes = gathered.get(change.category) ?? new GatheredChanges(change.category);
      gathered.set(change.category, changes);
      changes.add(change);
      timer ??= setTimeout(flush, Math.max(0, sentAt + gatherMs - performance.now())).unref();
    },
    flush,
  };
}

/** Reads what another process sent; null where another version says it in other words, so that something changed. */
function readChange(message: string): MediaChange | null {
  try {
    return sharedChange.parse(JSON.parse(message));
  } catch {
    return null; // whoever listens looks for itself
  }
}
