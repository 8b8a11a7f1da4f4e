import type { Logger } from 'pino';
import { createBusListeners } from './bus-listeners.ts';
import type { Bus } from './bus.ts';

/** The bus of a process that has its database for itself. */
export function createLocalBus(log: Pick<Logger, 'error'>): Bus {
  const listeners = createBusListeners(log);
  return {
    reachesOthers: false,
    publish: (topic, message) => listeners.tell(topic, message, true),
    subscribe: (topic, listener) => listeners.add(topic, listener),
    close: async () => undefined,
  };
}
