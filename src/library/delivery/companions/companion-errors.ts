import { DomainError } from '../../../base/errors/domain-error.ts';

/** No file of that name belongs to the item, or it is gone. */
export class CompanionNotFoundError extends DomainError {
  readonly code = 'COMPANION_NOT_FOUND';
  readonly httpStatus = 404;

  constructor(name: string) {
    super(
      `No file named "${name.slice(0, 200)}" belongs to the item: ask \`companions\` of it for the names that there are.`,
    );
  }
}

/** The subtitle is in a format that is not converted, or not in the one that its name says. */
export class SubtitleUnreadableError extends DomainError {
  readonly code = 'SUBTITLE_UNREADABLE';
  readonly httpStatus = 422;

  constructor(reason: string) {
    super(`The subtitle cannot be served as WebVTT: ${reason} Its own bytes are at the \`url\` of the companion.`);
  }
}

export class SubtitleTooLargeError extends DomainError {
  readonly code = 'SUBTITLE_TOO_LARGE';
  readonly httpStatus = 422;

  constructor(sizeBytes: number, maxBytes: number) {
    super(
      `The subtitle has ${sizeBytes} bytes; up to ${maxBytes} are converted to WebVTT. Its own bytes are at the \`url\` of the companion.`,
    );
  }
}
