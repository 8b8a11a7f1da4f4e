import type { Logger } from 'pino';

/** Whether copyparty answers. It counts as up until something has shown that it is not. */
export interface CopypartyState {
  isUp: boolean;
  /** When it came up or went down. */
  since: Date;
}

export interface Availability {
  state(): CopypartyState;
  /** Reports that there was an answer, whatever it was. */
  answered(): void;
  /** Reports that there was no answer. */
  unreachable(cause: unknown): void;
  /** Reports that one answer took too long, which may be due to one file on a slow disk: a health check decides. */
  suspect(): void;
  close(): void;
}

interface AvailabilityOptions {
  /** A health check: resolves where copyparty answers anything at all. */
  check: (signal: AbortSignal) => Promise<void>;
  log: Pick<Logger, 'info' | 'warn'>;
  /** Interval of health checks while it is down, so that it is found again without a restart and without a request. */
  retryMs: number;
}

/** Logs each change once, however many requests see it. */
export function createAvailability({ check, log, retryMs }: AvailabilityOptions): Availability {
  let state: CopypartyState = { isUp: true, since: new Date() };
  let timer: NodeJS.Timeout | undefined;
  let checking: Promise<void> | undefined;
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
    timer = setTimeout(checkAgain, retryMs).unref();
  }

  function checkAgain(): void {
    checking ??= check(closed.signal)
      .then(answered, unreachable)
      .finally(() => {
        checking = undefined;
      });
  }

  return {
    state: () => state,
    answered,
    unreachable,
    suspect: checkAgain,
    close() {
      closed.abort();
      clearTimeout(timer);
    },
  };
}
