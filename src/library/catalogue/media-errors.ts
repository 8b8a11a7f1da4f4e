import { DomainError } from '../../base/errors/domain-error.ts';

export class MediaNotFoundError extends DomainError {
  readonly code = 'MEDIA_NOT_FOUND';

  constructor(publicId: string) {
    super(
      `There is no media item with the ID "${publicId.slice(0, 80)}": it may have been removed, or the ID is another type's.`,
    );
  }
}

export class UnknownCategoryError extends DomainError {
  readonly code = 'UNKNOWN_CATEGORY';
  /** Those that are none. */
  readonly keys: readonly string[];

  constructor(unknown: readonly string[], known: readonly string[]) {
    super(
      `${unknown.map((key) => `"${key}"`).join(', ')} is no category of the configuration. It has: ${known.join(', ')}.`,
    );
    this.keys = unknown;
  }
}
