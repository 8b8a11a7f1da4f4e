import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Work that follows behind: no request waits for it, and what is left of it is known after a restart. */
export interface BackgroundLoop {
  /** Starts a pass, as there may be something to do. */
  wake(): void;
  /** Does what there is to do; `onStep` gets the number of items done since the call, after each step. */
  drain(onStep?: (done: number) => void): Promise<void>;
  /** Stops the loop after the step that runs. */
  close(): Promise<void>;
}

export interface BackgroundWork {
  /** Names the work in the log. */
  name: string;
  log: Pick<Logger, 'error'>;
  /** Runs before the first step of each pass. */
  begin?(): void;
  /** Does a small part and returns the number of its items; 0 ends the pass. */
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
      // A caller of `drain` gets the failure; here it is only logged, and the next wake tries again.
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
