#!/usr/bin/env node
import { Command } from 'commander';
import { addBackupCommand } from './commands/backup.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addHashCommand } from './commands/hash.ts';
import { addMigrateLegacyCommand } from './commands/migrate-legacy.ts';
import { reportFailure } from './commands/report-failure.ts';
import { addProxiesCommand } from './commands/proxies.ts';
import { addReloadCommand } from './commands/reload.ts';
import { addRestoreCommand } from './commands/restore.ts';
import { addScanCommand } from './commands/scan.ts';
import { addServeCommand } from './commands/serve.ts';
import { addShadowFilesCommand } from './commands/shadow-files.ts';
import { addTokenCommand } from './commands/token.ts';
import { version } from './version.ts';

const program = new Command('mediashelf')
  .description('A GraphQL catalogue and gate in front of the media files that copyparty, or a plain disk, serves.')
  .version(version)
  .showHelpAfterError()
  .configureHelp({ helpWidth: 100 });

addServeCommand(program);
addDemoCommand(program);
addScanCommand(program);
addHashCommand(program);
addMigrateLegacyCommand(program);
addShadowFilesCommand(program);
addProxiesCommand(program);
addReloadCommand(program);
addTokenCommand(program);
addBackupCommand(program);
addRestoreCommand(program);
addDoctorCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
