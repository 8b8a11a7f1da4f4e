import { domainErrorOf } from '../../base/errors/domain-error-of.ts';
import { JobStoppedError } from './job-errors.ts';
import type { FinalStatus } from './job-record.ts';

/** What the handler returned or threw. */
export type Attempt = { result: object | undefined } | { error: unknown };

/** What happens to the job: it ends, it waits for the next start, or it is left to the process that took it over. */
export type Outcome =
  | { next: 'END'; status: FinalStatus; result?: object; failure?: string; unexpected?: unknown }
  | { next: 'REQUEUE' }
  | { next: 'LEAVE' };

/**
 * Decides what happens to a job after its handler's end. A stopped handler may throw anything or return a partial result,
 * so the reason of the stop decides before the attempt does.
 */
export function decideOutcome(
  attempt: Attempt,
  signal: AbortSignal,
  { itemErrors, isHeld }: { itemErrors: number; isHeld: boolean },
): Outcome {
  const partial = 'result' in attempt && attempt.result !== undefined ? { result: attempt.result } : {};
  if (signal.aborted) {
    const why = signal.reason instanceof JobStoppedError ? signal.reason.why : 'CANCELLED';
    switch (why) {
      case 'CANCELLED':
        return { next: 'END', status: 'CANCELLED', ...partial };
      case 'CLOSING':
        return { next: 'REQUEUE' };
      case 'TAKEN_OVER':
        return { next: 'LEAVE' };
    }
  }
  if ('result' in attempt) {
    if (isHeld) return { next: 'END', status: 'HELD', ...partial };
    return { next: 'END', status: itemErrors > 0 ? 'SUCCEEDED_WITH_ERRORS' : 'SUCCEEDED', ...partial };
  }
  const { error } = attempt;
  const expected = domainErrorOf(error);
  if (expected !== null) return { next: 'END', status: 'FAILED', failure: expected.message };
  return {
    next: 'END',
    status: 'FAILED',
    failure: 'It stopped on an error that nobody expected; the log of the service has the details under its ID.',
    unexpected: error,
  };
}
