import { resolve } from 'node:path';
import type { Command } from 'commander';
import { restore } from '../library/backup/restore.ts';
import { readSettings } from './read-settings.ts';
import { createStop } from './stop-signal.ts';

export function addRestoreCommand(program: Command): void {
  program
    .command('restore')
    .description('put what `backup` wrote in place of the data folder; the service has to be stopped')
    .argument('<file>', 'an archive that `backup` wrote')
    .option('--force', 'replace data that is there; it is kept beside it', false)
    .option('--keep-config', 'leave the media configuration as it is', false)
    .action(async (file: string, { force, keepConfig }: { force: boolean; keepConfig: boolean }) => {
      const stop = new AbortController();
      createStop(async () => stop.abort());
      const { head, kept } = await restore({
        ...readSettings(),
        path: resolve(file),
        force,
        keepConfig,
        signal: stop.signal,
      });
      process.stdout.write(`The state of ${head.createdAt}, of mediashelf ${head.version}, is in place.\n`);
      for (const folder of kept) process.stdout.write(`What was there before is in ${folder}.\n`);
    });
}
