import { DomainError } from './domain-error.ts';

/** There is more to do than there is room for: nothing of it was begun, and it is worth asking again. */
export class ServiceBusyError extends DomainError {
  readonly code = 'SERVICE_BUSY';
  readonly retryAfterSeconds: number;

  constructor(reason: string, retryAfterSeconds = 5, options?: ErrorOptions) {
    super(`${reason} Try again in ${retryAfterSeconds} seconds.`, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
