import { DomainError } from '../../base/errors/domain-error.ts';

/** The file became shorter while it was read, so the size that was announced cannot be kept. */
export class FileShrankError extends DomainError {
  readonly code = 'FILE_SHRANK';
  readonly httpStatus = 500;

  constructor(endedAtByte: number, expectedEnd: number) {
    super(`The file ended at byte ${endedAtByte} while bytes up to ${expectedEnd} were being read: it was cut short.`);
  }
}

/** A source gave another number of bytes than the range that it was opened for. */
export class LengthMismatchError extends DomainError {
  readonly code = 'LENGTH_MISMATCH';
  readonly httpStatus = 500;

  constructor(announcedBytes: number, givenBytes: number) {
    super(`The source was to give ${announcedBytes} bytes and gave ${givenBytes}.`);
  }
}

/**
 * The category's disk is not mounted, or another disk is mounted there. Its items keep their status until it is back.
 */
export class CategoryOfflineError extends DomainError {
  readonly code = 'CATEGORY_OFFLINE';
  readonly httpStatus = 503;
  /** A client should wait this long before it asks again. */
  readonly retryAfterSeconds = 30;

  constructor(reason: string) {
    super(`The category of the file is offline: ${reason}. Its files can be had again when its disk is back.`);
  }
}
