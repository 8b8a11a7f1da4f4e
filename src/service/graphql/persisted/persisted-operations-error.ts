import { DomainError } from '../../../base/errors/domain-error.ts';

/**
 * The manifest of persisted operations cannot be used; the message has every fault, with the operation's ID and the
 * rule.
 */
export class PersistedOperationsError extends DomainError {
  readonly code = 'INVALID_PERSISTED_OPERATIONS';

  constructor(path: string, faults: readonly string[], options?: ErrorOptions) {
    super([`${path}, which PERSISTED_OPERATIONS names, cannot be used:`, ...faults].join('\n  '), options);
  }
}
