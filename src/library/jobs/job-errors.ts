import { DomainError } from '../../base/errors/domain-error.ts';
import type { JobKind, JobStatus } from './job-record.ts';

export class JobNotFoundError extends DomainError {
  readonly code = 'JOB_NOT_FOUND';
  readonly httpStatus = 404;
  readonly jobId: string;

  constructor(jobId: string) {
    super(`There is no job "${jobId.slice(0, 80)}": give an ID from \`jobs\` or from the mutation that started it.`);
    this.jobId = jobId;
  }
}

/** A job that has come to its end cannot be cancelled. */
export class JobFinishedError extends DomainError {
  readonly code = 'JOB_FINISHED';
  readonly httpStatus = 500;
  readonly jobId: string;
  readonly status: JobStatus;

  constructor(jobId: string, status: JobStatus) {
    super(`Job ${jobId} has ended as ${status}; only a job that is queued or running can be cancelled.`);
    this.jobId = jobId;
    this.status = status;
  }
}

/** The job is still at work, or left nothing to do again. */
export class JobNotRetryableError extends DomainError {
  readonly code = 'JOB_NOT_RETRYABLE';
  readonly httpStatus = 500;
  readonly jobId: string;
  readonly status: JobStatus;

  constructor(jobId: string, status: JobStatus) {
    super(
      `Job ${jobId} is ${status}; only a job that failed, was cancelled or succeeded with errors can be run again.`,
    );
    this.jobId = jobId;
    this.status = status;
  }
}

/** Another job has a lock that the new one needs. */
export class JobLockedError extends DomainError {
  readonly code = 'JOB_LOCKED';
  readonly httpStatus = 500;
  /** The job that has the locks. */
  readonly jobId: string;
  /** Those of its locks that the new job needs. */
  readonly locks: string[];

  constructor(jobId: string, locks: string[]) {
    super(`Job ${jobId} is at work on ${locks.join(', ')}: wait for its end, or cancel it.`);
    this.jobId = jobId;
    this.locks = locks;
  }
}

/** The service is stopping: it takes no new jobs, and those that it had are resumed at its next start. */
export class JobsClosedError extends DomainError {
  readonly code = 'JOBS_CLOSED';
  readonly httpStatus = 500;

  constructor() {
    super('The service is stopping and takes no jobs now; unfinished ones go on at its next start.');
  }
}

/** No handler of this kind of job was registered in this process: a fault of the program, not of its user. */
export class NoJobHandlerError extends DomainError {
  readonly code = 'NO_JOB_HANDLER';
  readonly httpStatus = 500;

  constructor(kind: JobKind) {
    super(`This process cannot run ${kind} jobs: register a handler of that kind before starting one.`);
  }
}

/**
 * Why a running job has to stop, as the `reason` of its signal: somebody cancelled it, the process is about to
 * end and the job goes on at the next start, or another process took it over.
 */
export class JobStoppedError extends DomainError {
  readonly code = 'JOB_STOPPED';
  readonly httpStatus = 500;
  readonly why: 'CANCELLED' | 'CLOSING' | 'TAKEN_OVER';

  constructor(why: JobStoppedError['why']) {
    super(`The job was stopped: ${why}.`);
    this.why = why;
  }
}
