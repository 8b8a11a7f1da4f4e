import { Cron } from 'croner';
import type { Logger } from 'pino';
import { JobsClosedError } from '../jobs/job-errors.ts';
import { ScanAlreadyRunningError } from '../scan/scan-errors.ts';
import type { Scanner } from '../scan/scan.ts';

export interface Schedule {
  close(): void;
}

/** Scans every category whole at the times of a cron pattern, by the clock of the machine. */
export function startSchedule(
  pattern: string,
  { scanner, log }: { scanner: Pick<Scanner, 'start'>; log: Pick<Logger, 'info' | 'error'> },
): Schedule {
  const cron = new Cron(pattern, { unref: true }, async () => {
    try {
      await scanner.start({ requestedBy: 'schedule' });
    } catch (error) {
      // The scan that runs serves as well.
      if (error instanceof ScanAlreadyRunningError) log.info(error.message);
      else if (!(error instanceof JobsClosedError)) log.error({ err: error }, 'a scheduled scan could not be started');
    }
  });
  log.info({ pattern, next: cron.nextRun() }, 'scans are scheduled');
  return { close: () => cron.stop() };
}
