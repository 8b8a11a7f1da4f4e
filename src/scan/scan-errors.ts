import { DomainError } from '../errors/domain-error.ts';

/** One scan of a category at a time. */
export class ScanAlreadyRunningError extends DomainError {
  readonly code = 'SCAN_ALREADY_RUNNING';
  /** The job of the scan that runs. */
  readonly jobId: string;
  readonly categories: string[];

  constructor(jobId: string, categories: string[]) {
    super(`A scan is at work on ${categories.join(', ')}: follow it, or cancel it and start again.`);
    this.jobId = jobId;
    this.categories = categories;
  }
}
