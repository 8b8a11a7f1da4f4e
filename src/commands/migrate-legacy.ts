import { isAbsolute, resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { count } from '../base/count.ts';
import { migrationKinds, type LegacyMigrationReport } from '../library/legacy/migration-report.ts';
import type { PathMapping } from '../library/legacy/map-path.ts';
import { requestedBy, runJobCommand } from './run-job-command.ts';

interface MigrateOptions {
  db: string;
  images?: string;
  map: PathMapping[];
  json: boolean;
}

export function addMigrateLegacyCommand(program: Command): void {
  program
    .command('migrate-legacy')
    .description('take over the database of the earlier application, which is only read; may be run again at any time')
    .requiredOption('--db <file>', 'its hikaze_mm.sqlite3')
    .option('--images <folder>', 'the folder of its pictures; without it they are skipped')
    .option('--map <from=to>', 'a folder there and the same folder here; may be repeated', addMapping, [])
    .option('--json', 'print the report as JSON', false)
    .action(({ db, images, map, json }: MigrateOptions) =>
      runJobCommand({
        phase: 'Migrating',
        json,
        start: ({ legacyMigration }) =>
          legacyMigration.start({
            legacyDbPath: resolve(db),
            legacyImagesDir: images === undefined ? null : resolve(images),
            pathMappings: map.map(({ from, to }) => ({ from, to: resolve(to) })),
            mayReadAnywhere: true,
            requestedBy,
          }),
        describe: describeReport,
      }),
    );
}

function addMapping(text: string, mappings: PathMapping[]): PathMapping[] {
  return [...mappings, readMapping(text)];
}

/**
 * Reads `from=to`. Where there are several `=`, the first in front of an absolute path counts: names of folders may
 * have one too.
 */
export function readMapping(text: string): PathMapping {
  const indexes = [...text.matchAll(/(?<=.)=(?=.)/g)].map(({ index }) => index);
  const separator = indexes.find((index) => isAbsolute(text.slice(index + 1))) ?? indexes[0];
  if (separator === undefined) {
    throw new InvalidArgumentError(String.raw`It is two folders, such as D:\models=/srv/models.`);
  }
  return { from: text.slice(0, separator), to: text.slice(separator + 1) };
}

export function describeReport(report: LegacyMigrationReport): string {
  return migrationKinds
    .map((kind) => {
      const { found, migrated, alreadyPresent, skipped, errors } = report[kind];
      return `${kind}: ${found} found: ${migrated} migrated, ${alreadyPresent} already here, ${skipped} skipped, ${count(errors, 'error')}\n`;
    })
    .join('');
}
