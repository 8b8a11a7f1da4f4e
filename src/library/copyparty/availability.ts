import type { Logger } from 'pino';

/** Whether copyparty answers. Until something has shown that it does not, it is taken to. */
export interface CopypartyState {
  isUp: boolean;
  /** When it began to be so. */
  since: Date;
}

export interface Availability {
  state(): CopypartyState;
  /** There was an answer, whichever. */
  answered(): void;
  /** Nobody was there. */
  unreachable(cause: unknown): void;
  /** One answer took too long, which may be due to one file on a slow disk: a look decides. */
  suspect(): void;
  close(): void;
}

interface AvailabilityOptions {
  /** Resolves where copyparty answers anything at all. */
  look: (signal: AbortSignal) => Promise<void>;
  log: Pick<Logger, 'info' | 'warn'>;
  /** While it is down it is looked for this often, so that it is found again without a restart and without a request. */
  retryMs: number;
}

/** Says each change to the log once, however many requests see it. */
export function createAvailability({ look, log, retryMs }: AvailabilityOptions): Availability {
  let state: CopypartyState = { isUp: true, since: new Date() };
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  const closed = new AbortController();

  function answered(): void {
    if (state.isUp) return;
    state = { isUp: true, since: new Date() };
    clearTimeout(timer);
    log.info('copyparty answers again');
  }

  function unreachable(cause: unknown): void {
    if (closed.signal.aborted) return;
    if (state.isUp) {
      state = { isUp: false, since: new Date() };
      log.warn({ err: cause }, `copyparty does not answer; it is looked for every ${retryMs / 1000} seconds`);
    }
    clearTimeout(timer);
    timer = setTimeout(lookAgain, retryMs).unref();
  }

  function lookAgain(): void {
    looking ??= look(closed.signal)
      .then(answered, unreachable)
      .finally(() => {
        looking = undefined;
      });
  }

  return {
    state: () => state,
    answered,
    unreachable,
    suspect: lookAgain,
    close() {
      closed.abort();
      clearTimeout(timer);
    },
  };
}
