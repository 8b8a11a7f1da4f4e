import { DomainError } from '../../base/errors/domain-error.ts';

export class DemoVideosMissingError extends DomainError {
  readonly code = 'DEMO_VIDEOS_MISSING';

  constructor(folder: string) {
    super(`The demo's films should be in ${folder}: run the demo from a checkout of the repository.`);
  }
}
