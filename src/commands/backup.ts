import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp } from '../library/backup/back-up.ts';
import { count } from '../base/count.ts';
import { formatBytes } from '../base/format-bytes.ts';
import { readSettings } from './read-settings.ts';
import { createStop } from './stop-signal.ts';

export function addBackupCommand(program: Command): void {
  program
    .command('backup')
    .description(
      'write the catalogue, the pictures of models and the configuration into one file, also while the service runs',
    )
    .argument('<file>', 'the archive to write, such as mediashelf.tar')
    .option('--with-proxies', 'also the image proxies, which can be made anew', false)
    .option('--force', 'replace a file of that name', false)
    .action(async (file: string, { withProxies, force }: { withProxies: boolean; force: boolean }) => {
      const stop = new AbortController();
      createStop(async () => stop.abort());
      const path = resolve(file);
      const { entries, sizeBytes, lost } = await backUp({
        ...readSettings(),
        path,
        withProxies,
        force,
        signal: stop.signal,
      });
      process.stdout.write(`${path}: ${count(entries, 'file')}, ${formatBytes(sizeBytes)}\n`);
      for (const name of lost) process.stderr.write(`Warning: ${name} is in the catalogue and not on the disk.\n`);
    });
}
