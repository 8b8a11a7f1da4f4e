import { Cron } from 'croner';
import type { Logger } from 'pino';
import { JobsClosedError } from '../../jobs/job-errors.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { ScanAlreadyRunningError } from '../scan-errors.ts';
import type { Scanner } from '../scan.ts';
import type { ScanTurns } from './scan-turns.ts';

/** Returns when a cron pattern comes next, by the clock of the machine; null for one that never does again. */
export function nextTime(pattern: string): Date | null {
  return new Cron(pattern, { paused: true }).nextRun();
}

export interface Schedule {
  close(): void;
}

interface ScheduleOptions {
  scanner: Pick<Scanner, 'start'>;
  jobs: Pick<Jobs, 'waitFor'>;
  log: Pick<Logger, 'info' | 'error'>;
  /** Where other nodes have the same schedule. Absent: this process is alone. */
  turns?: Pick<ScanTurns, 'startScheduled'> | null;
}

/** Scans every category whole at the times of a cron pattern, by the clock of the machine. */
export function startSchedule(pattern: string, { scanner, jobs, log, turns = null }: ScheduleOptions): Schedule {
  let isClosed = false;

  /** Waits for a scan that runs, as it may be of one place only. */
  async function scanWhenFree(time: Date): Promise<void> {
    while (!isClosed) {
      try {
        if (turns === null) await scanner.start({ requestedBy: 'schedule' });
        else if ((await turns.startScheduled(time)) === null) log.info({ time }, 'another node scans by the schedule');
        return;
      } catch (error) {
        if (!(error instanceof ScanAlreadyRunningError)) throw error;
        log.info({ jobId: error.jobId }, 'a scheduled scan waits for the one that runs');
        await jobs.waitFor(error.jobId);
      }
    }
  }

  // With `protect`, a time that comes while a scan waits is skipped.
  const cron = new Cron(pattern, { unref: true, protect: true }, async (self: Cron) => {
    try {
      await scanWhenFree(timeOf(self));
    } catch (error) {
      if (error instanceof JobsClosedError || isClosed) return;
      log.error({ err: error }, 'a scheduled scan could not be started');
    }
  });
  log.info({ pattern, next: cron.nextRun() }, 'scans are scheduled');
  return {
    close() {
      isClosed = true;
      cron.stop();
    },
  };
}

/** The time that has come: all nodes call it the same, however late they are. Patterns are exact to the second. */
function timeOf(cron: Cron): Date {
  const now = new Date();
  return cron.previousRuns(1, new Date(now.getTime() + 1_000))[0] ?? now;
}
