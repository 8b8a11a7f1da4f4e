import { DomainError } from '../../base/errors/domain-error.ts';

/** Nobody confirmed that many items: the selection means another number by now, or none was given. */
export class SelectionNotConfirmedError extends DomainError {
  readonly code = 'SELECTION_NOT_CONFIRMED';
  readonly httpStatus = 500;
  readonly expectedCount: number | null;
  /** How many items it means now. */
  readonly count: number;

  constructor(expectedCount: number | null, count: number) {
    super(
      `The selection means ${count} items${expectedCount === null ? '' : ` now, and ${expectedCount} were expected`}. Nothing was deleted: give \`expectedCount: ${count}\` where these are the right ones.`,
    );
    this.expectedCount = expectedCount;
    this.count = count;
  }
}

/** There is nothing that an undo could bring back. */
export class JobNotUndoableError extends DomainError {
  readonly code = 'JOB_NOT_UNDOABLE';
  readonly httpStatus = 500;

  constructor(jobId: string) {
    super(
      `Job ${jobId} cannot be undone: only one that hid items can, as long as any of them is hidden since. Others are changed back by a job of their own.`,
    );
  }
}
