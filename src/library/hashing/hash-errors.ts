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

  /** `setting` is the setting that would allow the path. */
  constructor(path: string, setting: string) {
    super(`"${path.slice(0, 400)}" lies outside the folders that may be read; ${setting} names them.`);
    this.path = path;
  }
}

/** The path is a folder or a device, or the file must not be read or is written all the time. */
export class FileNotHashableError extends DomainError {
  readonly code = 'FILE_NOT_HASHABLE';
  readonly httpStatus = 500;
  /** What kept the file from being hashed, such as FILE_UNREADABLE, NOT_A_REGULAR_FILE or FILE_KEEPS_CHANGING. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
