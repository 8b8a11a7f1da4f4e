import { DomainError } from '../../../base/errors/domain-error.ts';

/** The audio or video file has no picture inside. */
export class NoCoverError extends DomainError {
  readonly code = 'NO_COVER';
  readonly httpStatus = 500;

  constructor() {
    super('There is no cover in the headers of the file.');
  }
}

/** The picture of last resort failed: something is wrong with the service itself. */
export class PlaceholderFailedError extends DomainError {
  readonly code = 'PLACEHOLDER_FAILED';
  readonly httpStatus = 500;

  constructor() {
    super('Not even a placeholder picture could be drawn. The log of the service says why.');
  }
}

/** copyparty failed, just now or a moment ago, to give a thumbnail; where it was just now, `cause` is the error. */
export class ThumbnailUnavailableError extends DomainError {
  readonly code = 'THUMBNAIL_UNAVAILABLE';
  readonly httpStatus = 500;

  constructor(options?: ErrorOptions) {
    super('copyparty cannot be asked for a thumbnail at the moment.', options);
  }
}
