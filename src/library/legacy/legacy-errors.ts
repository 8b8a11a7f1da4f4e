import { DomainError } from '../../base/errors/domain-error.ts';

export type LegacyDatabaseFault =
  | 'MISSING'
  | 'UNREADABLE'
  | 'NOT_SQLITE'
  | 'CORRUPT'
  | 'LOCKED'
  | 'CHANGING'
  | 'WRONG_SCHEMA'
  | 'IMAGES_DIR_MISSING';

/** The legacy database cannot be read; nothing was written. */
export class LegacyDatabaseError extends DomainError {
  readonly code = 'LEGACY_DATABASE';
  readonly httpStatus = 500;
  readonly fault: LegacyDatabaseFault;

  constructor(fault: LegacyDatabaseFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
