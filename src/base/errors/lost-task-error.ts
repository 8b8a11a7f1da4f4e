import { DomainError } from './domain-error.ts';

/** A worker thread did not come to the end of its task: it ended over it, or was ended because it took too long. */
export class LostTaskError extends DomainError {
  readonly code = 'TASK_LOST';

  static becauseWorkerEnded(cause: unknown): LostTaskError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LostTaskError(`The worker ended over it (${reason}). The others go on.`, { cause });
  }

  static becauseOfTime(limitMs: number): LostTaskError {
    return new LostTaskError(`It was not done after ${limitMs / 1000} seconds, and was given up.`);
  }
}
