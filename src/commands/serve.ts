import type { Command } from 'commander';
import type { Logger } from 'pino';
import { keepYoungSpaceSmall } from '../base/engine-flags.ts';
import type { Service } from '../service/service.ts';
import { JobsClosedError } from '../library/jobs/job-errors.ts';
import { ScanAlreadyRunningError } from '../library/scan/scan-errors.ts';
import { createServiceLog } from './create-log.ts';
import { describeSettings, readSettings } from './read-settings.ts';
import { startService } from './start-service.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('start the service on the configured categories')
    .addHelpText('after', describeSettings())
    .action(async () => {
      const letGrow = keepYoungSpaceSmall();
      const settings = readSettings();
      const log = createServiceLog(settings);
      const service = await startService(settings, log);
      log.info(
        { url: service.url },
        `mediashelf is ready${settings.graphiql ? ': open the URL in a browser for GraphiQL' : ''}`,
      );
      service.followRoots();
      setTimeout(letGrow, settledMs).unref();
      if (settings.scanOnStart) await startScan(service, log);
    });
}

/** By then the start is over, the first look at the jobs too, and nobody has come to do much. */
const settledMs = 2_000;

/** Scans all categories; a scan that an earlier process left, or another one runs, serves as well. */
async function startScan({ startFirstScan, jobs }: Service, log: Logger): Promise<void> {
  try {
    const started = await startFirstScan();
    if (started === null) return log.info('Another node scans everything, or has just done so');
    const { id } = started;
    const { status, failure } = await jobs.waitFor(id);
    log.info({ status, failure, summary: (await jobs.find(id))?.result }, 'The scan at the start has ended');
  } catch (error) {
    if (error instanceof ScanAlreadyRunningError) log.info(error.message);
    else if (!(error instanceof JobsClosedError)) throw error;
  }
}
