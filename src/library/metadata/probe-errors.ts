import { DomainError } from '../../base/errors/domain-error.ts';

/** The main thread recognises the error by this code: the class does not survive the way out of the worker. */
export const mediaFileGoneCode = 'MEDIA_FILE_GONE';

/** The file went away between the scan and the reading of its headers. */
export class MediaFileGoneError extends DomainError {
  readonly code = mediaFileGoneCode;
  readonly httpStatus = 500;

  constructor() {
    super('The file is no longer there; the next scan will say so.');
  }
}

/** The path leads out of the category's root, over a link that was put there after the walk. */
export class OutsideRootError extends DomainError {
  readonly code = 'OUTSIDE_ROOT';
  readonly httpStatus = 500;

  constructor() {
    super("The path leads out of the category's folder; only files inside it are read.");
  }
}

export class NotARegularFileError extends DomainError {
  readonly code = 'NOT_A_REGULAR_FILE';
  readonly httpStatus = 404;

  constructor() {
    super('This is a folder, a device, a socket or a pipe; only regular files are read.');
  }
}

/** The operating system refused to open the file. */
export class UnreadableFileError extends DomainError {
  readonly code = 'UNREADABLE_FILE';
  readonly httpStatus = 500;

  constructor(reason: string) {
    super(`The file could not be opened (${reason}); the service needs permission to read it.`);
  }
}

export class EmptyFileError extends DomainError {
  readonly code = 'EMPTY_FILE';
  readonly httpStatus = 500;

  constructor() {
    super('The file has no bytes.');
  }
}

/** The file has bytes, but they are no picture, sound or film. */
export class UnreadableMediaError extends DomainError {
  readonly code = 'UNREADABLE_MEDIA';
  readonly httpStatus = 500;
}
