#!/usr/bin/env node
import { Command } from 'commander';
import { reportFailure } from './commands/printable.ts';
import { optimiseWebAssemblyLate } from './base/engine-flags.ts';
import { version } from './base/version.ts';

/** Loaders of the commands, in the order of the help. */
const commands = {
  serve: () => import('./commands/serve.ts').then((module) => module.addServeCommand),
  demo: () => import('./commands/demo.ts').then((module) => module.addDemoCommand),
  scan: () => import('./commands/scan.ts').then((module) => module.addScanCommand),
  hash: () => import('./commands/hash.ts').then((module) => module.addHashCommand),
  'migrate-legacy': () => import('./commands/migrate-legacy.ts').then((module) => module.addMigrateLegacyCommand),
  'shadow-files': () => import('./commands/shadow-files.ts').then((module) => module.addShadowFilesCommand),
  proxies: () => import('./commands/proxies.ts').then((module) => module.addProxiesCommand),
  reload: () => import('./commands/reload.ts').then((module) => module.addReloadCommand),
  token: () => import('./commands/token.ts').then((module) => module.addTokenCommand),
  backup: () => import('./commands/backup.ts').then((module) => module.addBackupCommand),
  restore: () => import('./commands/restore.ts').then((module) => module.addRestoreCommand),
  doctor: () => import('./commands/doctor.ts').then((module) => module.addDoctorCommand),
};

// Whoever reads the output may have enough of it, such as `head`: what follows is lost, and nothing failed.
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

optimiseWebAssemblyLate();
const program = new Command('mediashelf')
  .description('A GraphQL catalogue and gate in front of the media files that copyparty, or a plain disk, serves.')
  .version(version)
  .showHelpAfterError()
  .configureHelp({ helpWidth: 100 });

// Only the command that is asked for is loaded; all of them are for help, and for a name that is none.
const asked = Object.entries(commands).filter(([name]) => name === process.argv[2]);
for (const [, load] of asked.length > 0 ? asked : Object.entries(commands)) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
