import { DomainError } from '../../base/errors/domain-error.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';

export class MediaNotFoundError extends DomainError {
  readonly code = 'MEDIA_NOT_FOUND';
  readonly httpStatus = 404;

  constructor(publicId: string) {
    super(
      `There is no media item with the ID "${publicId.slice(0, 80)}": it may have been removed, or the ID is another type's.`,
    );
  }
}

export class UnknownCategoryError extends DomainError {
  readonly code = 'UNKNOWN_CATEGORY';
  readonly httpStatus = 404;
  /** The keys that no category has. */
  readonly keys: readonly string[];

  constructor(unknown: readonly string[], known: readonly string[]) {
    super(
      `${unknown.map((key) => `"${key}"`).join(', ')} is no category of the configuration. It has: ${known.join(', ')}.`,
    );
    this.keys = unknown;
  }
}

/** Throws UnknownCategoryError where any of the keys belongs to no configured category. */
export function expectCategories(
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>,
  keys: readonly string[],
): void {
  const unknown = keys.filter((key) => mediaConfig.findCategory(key) === undefined);
  if (unknown.length === 0) return;
  const known = mediaConfig.current().categories.map(({ key }) => key);
  throw new UnknownCategoryError(unknown, known);
}
