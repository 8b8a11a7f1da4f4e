import { ServiceError, SignedOutError, UnreachableError } from '../api/api-errors.ts';
import { TransferError } from './transfer-error.ts';

/** What becomes of a file after something went wrong. */
export type Verdict =
  /** The same again after a while; `isAway` where nothing answered. */
  | { kind: 'again'; afterSeconds: number | null; isAway: boolean }
  /** The part that was sent is gone. */
  | { kind: 'anew' }
  | { kind: 'sign-in' }
  /** No other file would fare better: everything waits for a person. */
  | { kind: 'halt'; message: string }
  | { kind: 'refuse'; message: string; isContent: boolean };

export function judge(error: unknown): Verdict {
  if (error instanceof SignedOutError) return { kind: 'sign-in' };
  if (error instanceof UnreachableError) return { kind: 'again', afterSeconds: null, isAway: true };
  if (!(error instanceof TransferError || error instanceof ServiceError)) {
    return { kind: 'refuse', message: error instanceof Error ? error.message : String(error), isContent: false };
  }
  const { message, retryAfterSeconds, status } = error;
  if (status === 401) return { kind: 'sign-in' };
  if (status === 404 || status === 410) return { kind: 'anew' };
  // A smaller file may fit.
  if (error.code === 'DISK_TOO_SMALL') return { kind: 'refuse', message, isContent: false };
  if (status === 507) return { kind: 'halt', message };
  if (status === 429 || status === 503) return { kind: 'again', afterSeconds: retryAfterSeconds, isAway: false };
  // 409 and 423: another request for the same part is still at work, such as one that broke off.
  const isPassing = status === 0 || status === 408 || status === 409 || status === 423 || status >= 500;
  if (isPassing) return { kind: 'again', afterSeconds: retryAfterSeconds, isAway: status === 0 || status >= 502 };
  return { kind: 'refuse', message, isContent: status === 415 };
}

/** Whether something on the way took no request of that size; the service itself says by the size of the file what it takes. */
export function isTooMuchAtOnce(error: unknown): boolean {
  return error instanceof TransferError && error.status === 413 && error.code === null;
}

const mostSeconds = 30;

/** How long to wait before the next attempt: longer each time, unless the service said it. */
export function secondsBefore(attempt: number, afterSeconds: number | null): number {
  return afterSeconds ?? Math.min(mostSeconds, 0.5 * 2 ** Math.min(attempt, 10));
}
