import { DomainError, UnreadableImageError } from '../errors/domain-error.ts';

/** Reports what libvips found wrong, in one line; its own message names the descriptor that it read. */
export function toUnreadable(error: unknown): UnreadableImageError {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n').findLast((text) => text.trim() !== '') ?? message;
  const reason = hideDescriptor(line).trim();
  return new UnreadableImageError(/[.!]$/.test(reason) ? reason : `${reason}.`, { cause: error });
}

/** libvips reads the format, but pictures in it are not rendered here. */
export class UnsuitablePictureError extends DomainError {
  readonly code = 'UNSUITABLE_PICTURE';
  readonly httpStatus = 500;

  constructor(format: string) {
    super(`The picture is in the format "${format}", which is not rendered here: JPEG, PNG, WebP, GIF and TIFF are.`);
  }
}

/** A picture that has to be held in memory while it is read, and is too large for that. */
export class PictureTooLargeError extends DomainError {
  readonly code = 'PICTURE_TOO_LARGE';
  readonly httpStatus = 500;

  constructor(sizeBytes: number, maxBytes: number) {
    super(`The picture has ${sizeBytes} bytes; at most ${maxBytes} are read.`);
  }
}

/** Takes the name of the descriptor that libvips read out of its message. */
export function hideDescriptor(message: string): string {
  return message.replaceAll(/\/proc\/self\/fd\/\d+/g, 'the file');
}
