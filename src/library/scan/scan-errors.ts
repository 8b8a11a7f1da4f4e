import { DomainError } from '../../base/errors/domain-error.ts';

/** Another scan is at work on one of the categories: only one at a time may be. */
export class ScanAlreadyRunningError extends DomainError {
  readonly code = 'SCAN_ALREADY_RUNNING';
  readonly httpStatus = 500;
  /** The job of the scan that runs. */
  readonly jobId: string;
  readonly categories: string[];

  constructor(jobId: string, categories: string[]) {
    super(`A scan is at work on ${categories.join(', ')}: follow it, or cancel it and start again.`);
    this.jobId = jobId;
    this.categories = categories;
  }
}

/** The scan has no plan to carry out: it was carried out at once, found nothing to do, or was dropped for newer ones. */
export class ScanPlanNotFoundError extends DomainError {
  readonly code = 'SCAN_PLAN_NOT_FOUND';
  readonly httpStatus = 500;
  readonly jobId: string;

  constructor(jobId: string) {
    super(
      'That scan has no plan to apply: only dry runs and held scans leave one, and the newest are kept. Make a dry run.',
    );
    this.jobId = jobId;
  }
}

/** The disk or the catalogue changed since the plan was made, so nothing was carried out. */
export class ScanPlanOutdatedError extends DomainError {
  readonly code = 'SCAN_PLAN_OUTDATED';
  readonly httpStatus = 500;

  constructor(outdated: number, total: number, first: { kind: string; category: string; relativePath: string }) {
    super(
      `${outdated} of the ${total} planned changes do not hold any more, such as ${first.kind} ` +
        `${first.category}/${first.relativePath}: nothing was changed. Scan again, and look at the new plan.`,
    );
  }
}

/** There is nothing to accept: the last scan that was not a dry run did all that it found. */
export class NothingHeldError extends DomainError {
  readonly code = 'NOTHING_HELD';
  readonly httpStatus = 500;

  constructor() {
    super('The last scan holds nothing back: there are no losses to accept.');
  }
}
