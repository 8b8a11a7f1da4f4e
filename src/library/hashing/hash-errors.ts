import { DomainError } from '../../base/errors/domain-error.ts';

export class FileNotFoundError extends DomainError {
  readonly code = 'FILE_NOT_FOUND';
  readonly httpStatus = 500;
  readonly path: string;

  constructor(path: string) {
    super(`There is no file at "${path.slice(0, 400)}".`);
    this.path = path;
  }
}

/** The path, with its symbolic links resolved, lies in none of the folders that may be read for this purpose. */
export class PathNotAllowedError extends DomainError {
  readonly code = 'PATH_NOT_ALLOWED';
  readonly httpStatus = 500;
  readonly path: string;

  /** `setting` is the one that would allow it. */
  constructor(path: string, setting: string) {
    super(`"${path.slice(0, 400)}" lies outside the folders that may be read; ${setting} names them.`);
    this.path = path;
  }
}

/** A folder or a device, a file without permission, or one that is written all the time. */
export class FileNotHashableError extends DomainError {
  readonly code = 'FILE_NOT_HASHABLE';
  readonly httpStatus = 500;
  /** What kept it from being hashed: such as FILE_UNREADABLE, NOT_A_REGULAR_FILE or FILE_KEEPS_CHANGING. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
