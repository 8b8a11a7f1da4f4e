import { ServiceError, SignedOutError, UnreachableError } from './api-errors.ts';
import { noteSignedOut, untilSignedIn } from './signed-out.ts';
import { currentTrouble, onReturn } from './trouble.ts';

/** Seconds that are waited for at most, whatever an answer says. */
const longestWait = 300;

/**
 * Reads something until it is there: waits as long as a busy service asks for, until it answers again, and for the next
 * sign-in. Rejects with what no waiting mends, and once it is aborted.
 */
export async function persevere<Result>(read: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await read();
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof UnreachableError) {
        await untilReturn(signal);
        // What answers others and not this is asked less and less.
        if (failures > 0) await sleep(delayAfter(failures, error), signal);
      } else if (!(await mayTryAgain(error, failures, signal))) throw error;
      signal.throwIfAborted();
    }
  }
}

/**
 * Changes something: what the service has refused unseen, because it is busy or nobody is signed in, is sent again when it may be.
 * What got no answer may have been done, and is not repeated.
 */
export async function insist<Result>(change: () => Promise<Result>): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await change();
    } catch (error) {
      if (!(await mayTryAgain(error, failures))) throw error;
    }
  }
}

/** Returns how many milliseconds to wait after so many failures. */
export function delayAfter(failures: number, error: unknown): number {
  if (error instanceof ServiceError && error.retryAfterSeconds !== null) {
    return Math.min(longestWait, error.retryAfterSeconds) * 1_000;
  }
  return Math.min(8_000, 500 * 2 ** failures);
}

async function mayTryAgain(error: unknown, failures: number, signal?: AbortSignal): Promise<boolean> {
  if (error instanceof SignedOutError) {
    noteSignedOut(error);
    await untilSignedIn(error.session, signal);
    return true;
  }
  if (!(error instanceof ServiceError) || !error.isPassing || failures >= 20) return false;
  await sleep(delayAfter(failures, error), signal);
  return true;
}

function untilReturn(signal: AbortSignal): Promise<void> {
  // Somebody else may have been answered meanwhile: no other return would come.
  if (signal.aborted || currentTrouble() === null) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stop();
      resolve();
    };
    const stop = onReturn(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
