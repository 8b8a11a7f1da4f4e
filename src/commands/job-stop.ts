import { JobFinishedError } from '../library/jobs/job-errors.ts';
import type { Jobs } from '../library/jobs/jobs.ts';
import { createStop } from './stop-signal.ts';

/** Ends the job of a command in order on the first Ctrl-C, also on one that comes before the job has begun. */
interface JobStop {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Tells which job it is that ends. */
  started(job: { id: string }): Promise<void>;
}

export function createJobStop(jobs: Pick<Jobs, 'cancel'>): JobStop {
  const stopping = new AbortController();
  let jobId: string | undefined;

  async function cancel(): Promise<void> {
    if (jobId === undefined || !stopping.signal.aborted) return;
    try {
      await jobs.cancel(jobId);
    } catch (error) {
      if (!(error instanceof JobFinishedError)) throw error; // it ended first, which is as good
    }
  }

  createStop(() => {
    stopping.abort();
    return cancel();
  });
  return {
    signal: stopping.signal,
    started({ id }) {
      jobId = id;
      return cancel();
    },
  };
}
