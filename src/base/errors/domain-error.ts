import { count } from '../count.ts';

/**
 * A failure that the domain expects: the caller, the configuration or the outside world is at fault, not the code.
 * The message says what was wrong and what would be right, and is safe to show to a client.
 */
export abstract class DomainError extends Error {
  /** Stable, for programs; GraphQL returns it as data. */
  abstract readonly code: string;
  /**
   * The status of an HTTP route's answer, always the same for the same code; 500 where no route should meet this
   * failure. Every class states it, so no failure gets a status that nobody chose.
   */
  abstract readonly httpStatus: number;

  override get name(): string {
    return this.constructor.name;
  }
}

/** What was being sent ended before its end, or is not built as it should be; nothing of it was kept. */
export class BrokenUploadError extends DomainError {
  readonly code = 'BROKEN_UPLOAD';
  readonly httpStatus = 400;
}

/** An argument has the right GraphQL type and a value that makes no sense. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
  readonly httpStatus = 400;
  /** The argument or input field at fault, such as `first` or `input.limit`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** A worker thread or process did not come to the end of its task: it ended over it, or was ended because it took too long. */
export class LostTaskError extends DomainError {
  readonly code = 'TASK_LOST';
  readonly httpStatus = 500;

  static becauseWorkerEnded(cause: unknown): LostTaskError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LostTaskError(`The worker ended over it (${reason}). The others go on.`, { cause });
  }

  static becauseOfTime(limitMs: number): LostTaskError {
    return new LostTaskError(`It was not done after ${limitMs / 1000} seconds, and was given up.`);
  }
}

/** There is more to do than there is room for: nothing of it was begun, and it is worth asking again. */
export class ServiceBusyError extends DomainError {
  readonly code = 'SERVICE_BUSY';
  readonly httpStatus = 503;
  readonly retryAfterSeconds: number;

  constructor(reason: string, retryAfterSeconds = 5, options?: ErrorOptions) {
    super(`${reason} Try again in ${count(retryAfterSeconds, 'second')}.`, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The bytes make no picture that can be decoded here, or one that is too large. */
export class UnreadableImageError extends DomainError {
  readonly code = 'UNREADABLE_IMAGE';
  readonly httpStatus = 500;

  /** The message without its beginning. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The image cannot be read: ${reason}`, options);
    this.reason = reason;
  }
}
