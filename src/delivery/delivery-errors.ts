import { DomainError } from '../errors/domain-error.ts';

/** The catalogue knows the file and the disk does not: it was moved or deleted since the last scan. */
export class FileNotFoundOnDiskError extends DomainError {
  readonly code = 'FILE_NOT_FOUND_ON_DISK';
  readonly relativePath: string;

  constructor(relativePath: string, options?: ErrorOptions) {
    super(
      'The file is not on the disk any more: it was moved or deleted. A scan brings the catalogue up to date.',
      options,
    );
    this.relativePath = relativePath;
  }
}

/** A path that leads out of its root, by its own text or through a symbolic link. */
export class PathOutsideRootError extends DomainError {
  readonly code = 'PATH_OUTSIDE_ROOT';
  readonly relativePath: string;

  constructor(relativePath: string) {
    super('The path leads out of the folder that it belongs to. Only files inside that folder are opened.');
    this.relativePath = relativePath;
  }
}

/** A folder, pipe, socket or device stands where a file should. */
export class NotARegularFileError extends DomainError {
  readonly code = 'NOT_A_REGULAR_FILE';
  readonly relativePath: string;

  constructor(relativePath: string, options?: ErrorOptions) {
    super('Something other than a file, such as a folder or a pipe, stands where the file should be.', options);
    this.relativePath = relativePath;
  }
}

/** The file is there and the operating system does not let the service read it; `cause` is its error. */
export class FileUnreadableError extends DomainError {
  readonly code = 'FILE_UNREADABLE';
  readonly relativePath: string;

  constructor(relativePath: string, systemCode: string, options?: ErrorOptions) {
    const isForbidden = systemCode === 'EACCES' || systemCode === 'EPERM';
    const remedy = isForbidden ? " Give the service's user the right to read it." : '';
    super(`The file is on the disk and cannot be read (${systemCode}).${remedy}`, options);
    this.relativePath = relativePath;
  }
}

/** The file became shorter while it was read, so the size that was announced cannot be kept. */
export class FileShrankError extends DomainError {
  readonly code = 'FILE_SHRANK';

  constructor(endedAtByte: number, expectedEnd: number) {
    super(`The file ended at byte ${endedAtByte} while bytes up to ${expectedEnd} were being read: it was cut short.`);
  }
}

/** A source gave another number of bytes than the range that it was opened for. */
export class LengthMismatchError extends DomainError {
  readonly code = 'LENGTH_MISMATCH';

  constructor(announcedBytes: number, givenBytes: number) {
    super(`The source was to give ${announcedBytes} bytes and gave ${givenBytes}.`);
  }
}

/** The category's disk is not mounted, or another one is in its place. Its items keep their status until it is back. */
export class CategoryOfflineError extends DomainError {
  readonly code = 'CATEGORY_OFFLINE';
  /** When it is worth asking again. */
  readonly retryAfterSeconds = 30;

  constructor(reason: string) {
    super(`The category of the file is offline: ${reason}. Its files can be had again when its disk is back.`);
  }
}
