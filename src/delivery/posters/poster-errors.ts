import { DomainError } from '../../errors/domain-error.ts';

/** libvips knows the format, and it is none for pictures from there. */
export class UnsuitablePictureError extends DomainError {
  readonly code = 'UNSUITABLE_PICTURE';

  constructor(format: string) {
    super(`The picture is in the format "${format}", which is not rendered here: JPEG, PNG, WebP, GIF and TIFF are.`);
  }
}

/** A picture that has to be held in memory while it is read, and is too large for that. */
export class PictureTooLargeError extends DomainError {
  readonly code = 'PICTURE_TOO_LARGE';

  constructor(sizeBytes: number, maxBytes: number) {
    super(`The picture has ${sizeBytes} bytes; at most ${maxBytes} are read.`);
  }
}

/** An audio or video file without a picture inside. */
export class NoCoverError extends DomainError {
  readonly code = 'NO_COVER';

  constructor() {
    super('There is no cover in the headers of the file.');
  }
}

/** The picture of last resort failed: something is wrong with the service itself. */
export class PlaceholderFailedError extends DomainError {
  readonly code = 'PLACEHOLDER_FAILED';

  constructor() {
    super('Not even a placeholder picture could be drawn. The log of the service says why.');
  }
}

/** copyparty failed, just now or a moment ago, to give a thumbnail; `cause` says how, where it was asked. */
export class ThumbnailUnavailableError extends DomainError {
  readonly code = 'THUMBNAIL_UNAVAILABLE';

  constructor(options?: ErrorOptions) {
    super('copyparty cannot be asked for a thumbnail at the moment.', options);
  }
}
