import { reportFailure } from './printable.ts';
import { JobFinishedError } from '../library/jobs/job-errors.ts';
import type { Jobs } from '../library/jobs/jobs.ts';

interface StopLimits {
  /** How long `stop` may take. */
  stopMs: number;
  /** How long the process may go on when `stop` has done its part. */
  lingerMs: number;
}

/**
 * Calls `stop` once, on the first SIGTERM or SIGINT; the process ends by itself when nothing is left to do, and is ended
 * where that takes longer than the limits say. A second signal ends it at once.
 */
export function createStop(stop: (signal: NodeJS.Signals) => Promise<void>, limits?: StopLimits): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) return end();
    isStopping = true;
    const deadline = limits && setTimeout(end, limits.stopMs).unref();
    stop(signal)
      .catch((error: unknown) => {
        reportFailure(error);
        process.exitCode = 1;
      })
      .finally(() => {
        clearTimeout(deadline);
        // The timer keeps nothing alive: it only meets a process that something else does not let go.
        if (limits) setTimeout(end, limits.lingerMs).unref();
      });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Even `process.exit` would wait for threads that native code or a dead disk holds; nothing else is left to be done. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Cancels the job of a command on the first Ctrl-C, also on one that comes before the job has begun. */
interface JobStop {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Names the job to cancel, and cancels it where Ctrl-C came already. */
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
