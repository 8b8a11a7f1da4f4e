import { DomainError } from '../../base/errors/domain-error.ts';

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
