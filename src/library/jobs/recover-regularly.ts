import type { JobRecord } from './job-record.ts';
import { recoverJobs, type RecoveredJob, type RecoveryContext } from './recover-jobs.ts';

const intervalMs = 30_000;

interface RegularRecovery {
  /** Recovers now, and from the first call on every half a minute; gives the jobs that are resumed now. */
  recover(): Promise<JobRecord[]>;
  /** Waits for the recovery that is under way. */
  stop(): Promise<void>;
}

export function recoverRegularly(context: RecoveryContext & { run(job: RecoveredJob): void }): RegularRecovery {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** One after the other: two at once would both find the same jobs abandoned. */
  let last: Promise<unknown> = Promise.resolve();

  async function recoverOnce(): Promise<JobRecord[]> {
    const resumed: JobRecord[] = [];
    if (isStopped) return resumed;
    for await (const job of recoverJobs(context)) {
      context.run(job);
      resumed.push(job.record);
    }
    return resumed;
  }

  function recover(): Promise<JobRecord[]> {
    const recovering = last.then(recoverOnce);
    last = recovering.catch((error: unknown) => {
      context.log.error({ err: error }, 'unfinished jobs could not be recovered; it is tried again');
    });
    timer ??= setInterval(() => void recover().catch(() => undefined), intervalMs).unref();
    return recovering;
  }

  return {
    recover,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last;
    },
  };
}
