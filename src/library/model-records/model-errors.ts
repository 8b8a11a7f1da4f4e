import { DomainError } from '../../base/errors/domain-error.ts';

export class ModelNotFoundError extends DomainError {
  readonly code = 'MODEL_NOT_FOUND';
  readonly httpStatus = 500;

  constructor(sha256: string) {
    super(`There is no model record with the SHA-256 "${sha256.slice(0, 80)}".`);
  }
}

/** No picture of the image store has that name. */
export class ImageNotFoundError extends DomainError {
  readonly code = 'IMAGE_NOT_FOUND';
  readonly httpStatus = 404;

  constructor(name: string) {
    super(`The image store has no picture "${name.slice(0, 200)}".`);
  }
}

/** Several pending imports have a file of that name. */
export class AmbiguousImageNameError extends DomainError {
  readonly code = 'AMBIGUOUS_IMAGE_NAME';
  readonly httpStatus = 409;

  constructor(name: string, legacyIds: readonly number[]) {
    const ids = legacyIds.slice(0, 20).join(', ');
    super(`"${name.slice(0, 200)}" is the name of several pending imports: ask by one of their legacy ids, ${ids}.`);
  }
}
