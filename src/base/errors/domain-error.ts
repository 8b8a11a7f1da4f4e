/**
 * A failure that the domain expects: the caller, the configuration or the outside world is at fault, not the code.
 * The message says what was wrong and what would be right, and is safe to show to a client. The code is stable; GraphQL
 * answers it as data and the byte routes map it to an HTTP status.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}
