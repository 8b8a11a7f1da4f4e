import { DomainError } from '../errors/domain-error.ts';

/** The catalogue knows the file and the disk does not: it was moved or deleted since the last scan. */
export class FileNotFoundOnDiskError extends DomainError {
  readonly code = 'FILE_NOT_FOUND_ON_DISK';
  readonly httpStatus = 404;
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
  readonly httpStatus = 403;
  readonly relativePath: string;

  constructor(relativePath: string) {
    super('The path leads out of the folder that it belongs to. Only files inside that folder are opened.');
    this.relativePath = relativePath;
  }
}

/** A folder, pipe, socket or device stands where a file should. */
export class NotARegularFileError extends DomainError {
  readonly code = 'NOT_A_REGULAR_FILE';
  readonly httpStatus = 404;
  readonly relativePath: string;

  constructor(relativePath: string, options?: ErrorOptions) {
    super('Something other than a file, such as a folder or a pipe, stands where the file should be.', options);
    this.relativePath = relativePath;
  }
}

/** The file is there and the operating system does not let the service read it; `cause` is its error. */
export class FileUnreadableError extends DomainError {
  readonly code = 'FILE_UNREADABLE';
  readonly httpStatus = 500;
  readonly relativePath: string;
  /** The operating system's code, such as EACCES. */
  readonly systemCode: string;

  constructor(relativePath: string, systemCode: string, options?: ErrorOptions) {
    const isForbidden = systemCode === 'EACCES' || systemCode === 'EPERM';
    const remedy = isForbidden ? " Give the service's user the right to read it." : '';
    super(`The file is on the disk and cannot be read (${systemCode}).${remedy}`, options);
    this.relativePath = relativePath;
    this.systemCode = systemCode;
  }
}

/** Turns the system's error of an opening into a DomainError that explains it; returns any other error as it is. */
export function toFileError(error: unknown, relativePath: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error && 'code' in error)) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new FileNotFoundOnDiskError(relativePath, { cause: error });
    // A socket or a device without a driver cannot even be opened.
    case 'ENXIO':
    case 'ENODEV':
      return new NotARegularFileError(relativePath, { cause: error });
    default:
      return new FileUnreadableError(relativePath, String(error.code), { cause: error });
  }
}
