import { escapeName } from '../base/files/escape-name.ts';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Library } from '../library/library.ts';
import { openLibrary } from './open-library.ts';
import { formatBytes } from '../base/format-bytes.ts';
import { novaProfile } from '../base/config/image-proxy-profile.ts';
import type { JobRecord } from '../library/jobs/job-record.ts';
import type { ImageProxyReport } from '../library/image-proxies/image-proxy-report.ts';
import { createQuietLog } from './create-log.ts';
import { describeProxyReport } from './output/describe-proxies.ts';
import { parseLimit } from './parse-limit.ts';
import { createJobStop } from './stop-signal.ts';
import { printable, printableLine } from './printable.ts';
import { createProgressDisplay, type ProgressDisplay } from './progress-display.ts';
import { readSettings } from './read-settings.ts';
import { exitCodeOf, requestedBy } from './run-job-command.ts';

interface ProxiesOptions {
  dryRun: boolean;
  force: boolean;
  limit?: number;
  profile: string;
  yes: boolean;
  json: boolean;
  verbose: boolean;
}

export function addProxiesCommand(program: Command): void {
  program
    .command('proxies')
    .description('make the image proxies that are needed; a dry run unless told otherwise')
    .option('--dry-run', 'look and report, and write nothing (the default)', true)
    .option('--no-dry-run', 'make them')
    .option('--force', 'make those again that there are: a new quality or format of the profile renews them so', false)
    .option('--limit <n>', 'end after so many images that need a proxy', parseLimit)
    .option('--profile <name>', 'the kind of model that they are for', novaProfile.name)
    .option('--yes', 'do not ask before writing', false)
    .option('--verbose', 'list the images that a dry run means', false)
    .option('--json', 'print the report as JSON', false)
    .action(makeProxies);
}

async function makeProxies(options: ProxiesOptions): Promise<void> {
  if (!options.dryRun && !options.yes && !(await confirm())) {
    process.stderr.write('Nothing was written. Say yes, or give --yes where nobody can be asked.\n');
    process.exitCode = 1;
    return;
  }
  const settings = readSettings();
  const library = await openLibrary(settings, createQuietLog(settings));
  const display = createProgressDisplay(process.stderr);
  const stop = createJobStop(library.jobs);
  try {
    const { dryRun, force, limit, profile } = options;
    const started = await library.imageProxies.batches.start({
      dryRun,
      force,
      profile,
      limit: limit ?? null,
      requestedBy,
    });
    await stop.started(started);
    const job = await follow(library, started, display, dryRun);
    const report = job.result;
    if (options.verbose && dryRun) await printPlan(library, job, options.json ? process.stderr : process.stdout);
    if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else if (report !== null) process.stdout.write(await describeReport(library, job, report, dryRun));
    if (job.failure !== null) process.stderr.write(`${printable(job.failure)}\n`);
    process.exitCode = stop.signal.aborted ? 1 : exitCodeOf(job);
  } finally {
    display.stop();
    await library.close();
  }
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question('Write image proxies into DATA_DIR/proxy_image? [y/N] ')).trim());
  } finally {
    prompt.close();
  }
}

async function follow(
  library: Library,
  started: JobRecord<'IMAGE_PROXY'>,
  display: ProgressDisplay,
  dryRun: boolean,
): Promise<JobRecord<'IMAGE_PROXY'>> {
  const phase = dryRun ? 'Looking at images' : 'Making proxies';
  for await (const { progress } of library.jobs.watch(started)) {
    const { done, total, bytesDone } = progress;
    display.update({ phase, done, total, note: bytesDone > 0 ? `${formatBytes(bytesDone)} saved` : '' });
  }
  display.stop();
  return library.jobs.waitFor(started);
}

const imagesAtOnce = 500;

/** Lists the images, a page at a time: there may be a hundred thousand. */
async function printPlan(
  { imageProxies }: Pick<Library, 'imageProxies'>,
  { id }: JobRecord,
  stream: NodeJS.WritableStream,
): Promise<void> {
  for (let cursor: string | null = null; ;) {
    const page = await imageProxies.batches.plan(id, { count: imagesAtOnce, backward: false, cursor });
    const lines = page.edges.map(({ node: { category, relativePath, sizeBytes } }) => {
      return `${escapeName(`${category}/${relativePath}`)} (${formatBytes(sizeBytes)})\n`;
    });
    stream.write(lines.join(''));
    cursor = page.edges.at(-1)?.cursor ?? null;
    if (!page.hasNextPage || cursor === null) return;
  }
}

async function describeReport(
  { jobs }: Library,
  { id, status }: JobRecord,
  report: ImageProxyReport,
  dryRun: boolean,
): Promise<string> {
  const lines = describeProxyReport(report, { isDryRun: dryRun, isCancelled: status === 'CANCELLED' });
  const shown = await jobs.itemErrors(id, { count: 10, backward: false, cursor: null });
  for (const { node } of shown.edges) lines.push(printableLine(`  error: ${node.item}: ${node.message}`));
  if (shown.hasNextPage) lines.push("  … and more errors; the job's itemErrors have them");
  return `${lines.join('\n')}\n`;
}
