import { DomainError } from '../../base/errors/domain-error.ts';

/** The file is no medium of its category. */
export class UnsupportedMediaError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA';
  readonly httpStatus = 415;
  /** The media type that the file's first bytes show; null where they show none. */
  readonly detectedType: string | null;

  constructor(message: string, detectedType: string | null) {
    super(message);
    this.detectedType = detectedType;
  }
}

export class FileTooLargeError extends DomainError {
  readonly code = 'FILE_TOO_LARGE';
  readonly httpStatus = 413;
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`A file has at most ${maxBytes} bytes here.`);
    this.maxBytes = maxBytes;
  }
}
