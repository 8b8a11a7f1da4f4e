import type { Command } from 'commander';
import { InvalidInputError } from '../base/errors/domain-error.ts';
import { NothingHeldError } from '../library/scan/scan-errors.ts';
import { sumUp } from '../library/scan/scan-summary.ts';
import { createQuietLog } from './create-log.ts';
import { describeSummary } from './output/describe-scan.ts';
import { openLibrary } from './open-library.ts';
import { parseLimit } from './parse-limit.ts';
import { createJobStop } from './stop-signal.ts';
import { printable } from './printable.ts';
import { createProgressDisplay } from './progress-display.ts';
import { readSettings } from './read-settings.ts';
import { exitCodeOf, requestedBy } from './run-job-command.ts';
import { runScan } from './run-scan.ts';

interface ScanOptions {
  category: string[];
  path: string[];
  dryRun: boolean;
  limit?: number;
  json: boolean;
  acceptLosses: boolean;
  adoptRoot: boolean;
  full: boolean;
}

export function addScanCommand(program: Command): void {
  program
    .command('scan')
    .description('bring the catalogue in step with the disk; may run while the service does')
    .option('--category <key>', 'only this category; may be repeated', (key, keys: string[]) => [...keys, key], [])
    .option(
      '--path <path>',
      'only this, such as movies/2024; may be repeated',
      (path, paths: string[]) => [...paths, path],
      [],
    )
    .option('--dry-run', 'report what would change and write nothing', false)
    .option('--limit <n>', 'stop after so many files of each category', parseLimit)
    .option('--accept-losses', 'do what the last scan holds back, if it still holds', false)
    .option('--adopt-root', 'take the folders that are there now for the roots, though other disks were', false)
    .option('--full', 'look at every file, also where SCAN_SHORTCUT is on', false)
    .option('--json', 'print the summary as JSON', false)
    .action(scan);
}

async function scan({
  category,
  path,
  dryRun,
  limit,
  json,
  acceptLosses,
  adoptRoot,
  full,
}: ScanOptions): Promise<void> {
  const narrows = category.length > 0 || path.length > 0 || limit !== undefined;
  if (acceptLosses && (narrows || dryRun || adoptRoot || full)) {
    throw new InvalidInputError(
      '--accept-losses',
      '--accept-losses does all that the held scan planned, as it was scanned: leave out all other options but --json.',
    );
  }
  const settings = readSettings();
  const library = await openLibrary(settings, createQuietLog(settings));
  const display = createProgressDisplay(process.stderr);
  const stop = createJobStop(library.jobs);
  const acceptHeld = async () => {
    const held = await library.scanner.heldScan();
    if (held === null) throw new NothingHeldError();
    return library.scanner.applyPlan(held.id, requestedBy);
  };
  try {
    const request = {
      categories: category.length > 0 ? category : null,
      paths: path.length > 0 ? path : null,
      dryRun,
      limit: limit ?? null,
      adoptRoot,
      full,
      requestedBy,
    };
    const { job, summary } = await runScan(
      {
        ...library,
        afterScan: settings.imageProxiesAfterScan ? library.imageProxies.afterScan : null,
        signal: stop.signal,
      },
      async () => {
        const started = await (acceptLosses ? acceptHeld() : library.scanner.start(request));
        await stop.started(started);
        return started;
      },
      (progress) => display.update(progress),
    );
    display.stop();
    if (json) process.stdout.write(`${JSON.stringify(summary && { ...summary, totals: sumUp(summary) })}\n`);
    else if (summary !== null) process.stdout.write(describeSummary(summary));
    if (job.failure !== null) process.stderr.write(`${printable(job.failure)}\n`);
    if (job.status === 'HELD') process.stderr.write(heldAdvice);
    process.exitCode = stop.signal.aborted ? 1 : exitCodeOf(job);
  } finally {
    display.stop();
    await library.close();
  }
}

const heldAdvice =
  'Too much would be lost, so nothing was changed there. If it is right: mediashelf scan --accept-losses\n';
