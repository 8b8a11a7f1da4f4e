import { DomainError } from './domain-error.ts';

/** The bytes make no picture that can be decoded here, or one that is too large. */
export class UnreadableImageError extends DomainError {
  readonly code = 'UNREADABLE_IMAGE';

  /** The message without its beginning. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The image cannot be read: ${reason}`, options);
    this.reason = reason;
  }
}
