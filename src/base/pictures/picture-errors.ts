import { DomainError, UnreadableImageError } from '../errors/domain-error.ts';

/** Reports what a decoder found wrong, in one line; its own message names descriptors and places in its source. */
export function toUnreadable(error: unknown): UnreadableImageError {
  if (error instanceof UnreadableImageError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n').findLast((text) => text.trim() !== '') ?? '';
  const reason = hideDescriptor(line).replace(placeInMagick, '').trim();
  if (/^(?:unknown error)?\W*$/i.test(reason)) return new UnreadableImageError(noReason, { cause: error });
  return new UnreadableImageError(/[.!]$/.test(reason) ? reason : `${reason}.`, { cause: error });
}

/** A decoder that gives up without a word has met something that it does not expect. */
const noReason = 'it is damaged, or not built as its format demands.';

/** ImageMagick's end of a message, such as "`' @ error/bmp.c/ReadBMPImage/712". */
const placeInMagick = /\s*`[^`]*' @ (?:error|warning|fatal)\/.*$/;

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
function hideDescriptor(message: string): string {
  return message.replaceAll(/\/proc\/self\/fd\/\d+/g, 'the file');
}
