import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Work that follows behind: it is never waited for by a request, and what is left of it is known after a restart. */
export interface BackgroundLoop {
  /** There may be something to do. */
  wake(): void;
  /** Does what there is to do; `onStep` hears after each step how many items were done since the call. */
  drain(onStep?: (done: number) => void): Promise<void>;
  /** Stops after the step that runs. */
  close(): Promise<void>;
}

export interface BackgroundWork {
  /** The name in the log. */
  name: string;
  log: Pick<Logger, 'error'>;
  /** Before the first step of each pass. */
  begin?(): void;
  /** Does a small part and gives the number of its items; 0 ends the pass. */
  step(): Promise<number>;
}

export function createBackgroundLoop({ name, log, begin, step }: BackgroundWork): BackgroundLoop {
  let running: Promise<void> | undefined;
  let isAwake = false;
  let isClosed = false;
  const listeners = new Set<(items: number) => void>();

  async function run(): Promise<void> {
    while (isAwake && !isClosed) {
      isAwake = false;
      begin?.();
      for (let items = await step(); items > 0 && !isClosed; items = await step()) {
        for (const listener of listeners) listener(items);
        await setImmediate();
      }
    }
  }

  function wake(): Promise<void> {
    isAwake = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    wake() {
      // Whoever drains hears of the failure; here it is only known to the log, and the next wake tries again.
      wake().catch((error: unknown) => log.error({ err: error }, `${name} failed`));
    },
    async drain(onStep) {
      let done = 0;
      const listener = (items: number) => onStep?.((done += items));
      listeners.add(listener);
      try {
        await wake();
      } finally {
        listeners.delete(listener);
      }
    },
    async close() {
      isClosed = true;
      await running?.catch(() => undefined); // logged by whoever woke it
    },
  };
}
