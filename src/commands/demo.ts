import { resolve } from 'node:path';
import type { Command } from 'commander';
import { count } from '../base/count.ts';
import { createCommandLog } from './create-log.ts';
import { readSettings } from './read-settings.ts';
import { runScan } from './run-scan.ts';
import { startService } from './start-service.ts';
import { writeDemoLibrary } from './write-demo-library.ts';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('write a small sample library, scan it and serve it: to try the service without any configuration')
    .option('--folder <path>', 'where the sample library and its catalogue live', 'data/demo')
    .action(async (options: { folder: string }) => {
      const folder = resolve(options.folder);
      const { configPath } = await writeDemoLibrary(folder);
      const settings = readSettings({
        DATA_DIR: resolve(folder, 'data'),
        LOG_DIR: resolve(folder, 'logs'),
        MEDIA_CONFIG: configPath,
        DATABASE_URL: '',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      });
      const service = await startService(settings, createCommandLog(settings));
      const { summary } = await runScan(
        service,
        () => service.scanner.start({ requestedBy: 'start' }),
        () => undefined,
      );
      const found = summary?.categories.reduce((total, { filesFound }) => total + filesFound, 0) ?? 0;
      process.stdout.write(
        `\nmediashelf is ready, with ${count(found, 'sample file')} from ${folder}\n\n` +
          `  The library:                     ${service.url.replace(/graphql$/, '')}\n` +
          `  GraphiQL, with worked examples:  ${service.url}\n` +
          `  Stop it with Ctrl-C.\n\n`,
      );
    });
}
