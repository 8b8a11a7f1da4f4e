import type { Logger } from 'pino';
import type { BusListener } from './bus.ts';

/** The listeners of one process, by topic. One that throws keeps no message from the others. */
export interface BusListeners {
  add(topic: string, listener: BusListener): () => void;
  tell(topic: string, message: string | null, isOwn: boolean): void;
  /** Tells all of them that there may have been messages that nobody heard. */
  tellOfGap(): void;
}

export function createBusListeners(log: Pick<Logger, 'error'>): BusListeners {
  const byTopic = new Map<string, Set<BusListener>>();

  function tell(topic: string, message: string | null, isOwn: boolean): void {
    for (const listener of byTopic.get(topic) ?? []) {
      try {
        listener(message, isOwn);
      } catch (error) {
        log.error({ err: error, topic }, 'what another process told could not be taken up');
      }
    }
  }

  return {
    add(topic, listener) {
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
      };
    },
    tell,
    tellOfGap() {
      for (const topic of byTopic.keys()) tell(topic, null, false);
    },
  };
}
