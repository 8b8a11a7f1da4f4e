import type { Command } from 'commander';
import { createLog } from './create-log.ts';
import { describeSettings, readSettings } from './read-settings.ts';
import { startService } from './start-service.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('start the service on the configured categories')
    .addHelpText('after', describeSettings())
    .action(async () => {
      const settings = readSettings();
      const log = createLog(settings.logLevel, 'stdout');
      const { url } = await startService(settings, log);
      log.info({ url }, 'mediashelf is ready');
    });
}
