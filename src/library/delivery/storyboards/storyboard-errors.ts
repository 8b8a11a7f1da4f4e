import { DomainError } from '../../../base/errors/domain-error.ts';

/** The item is no film, or one of which no frames can be decoded here. */
export class NoStoryboardError extends DomainError {
  readonly code = 'NO_STORYBOARD';
  readonly httpStatus = 404;

  constructor() {
    super(
      'There is no storyboard of this item: it is no film, its file is not on this machine and too much of it would have to be fetched, or it cannot be decoded.',
    );
  }
}
