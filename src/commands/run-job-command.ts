import type { Library } from '../library/library.ts';
import type { JobKind, JobRecord, JobResult } from '../library/jobs/job-record.ts';
import { createQuietLog } from './create-log.ts';
import { createJobStop } from './stop-signal.ts';
import { openLibrary } from './open-library.ts';
import { printable, printableLine } from './printable.ts';
import { createProgressDisplay } from './progress-display.ts';
import { readSettings } from './read-settings.ts';

/** What jobs of the command line are stored with as their caller. */
export const requestedBy = 'command line';

interface JobCommand<Kind extends JobKind> {
  phase: string;
  start(library: Library): Promise<JobRecord<Kind>>;
  json: boolean;
  /** Formats the result for a person. */
  describe(result: JobResult<Kind>): string;
}

/** Starts a job in this process and shows its progress until it ends; Ctrl-C cancels it. */
export async function runJobCommand<Kind extends JobKind>({
  phase,
  start,
  json,
  describe,
}: JobCommand<Kind>): Promise<void> {
  const settings = readSettings();
  const library = await openLibrary(settings, createQuietLog(settings));
  const display = createProgressDisplay(process.stderr);
  const stop = createJobStop(library.jobs);
  try {
    let job = await start(library);
    await stop.started(job);
    for await (job of library.jobs.watch(job)) {
      display.update({ phase, done: job.progress.done, total: job.progress.total });
    }
    display.stop();
    if (json) process.stdout.write(`${JSON.stringify(job.result)}\n`);
    else if (job.result !== null) process.stdout.write(describe(job.result));
    if (!json) await printItemErrors(library, job);
    if (job.failure !== null) process.stderr.write(`${printable(job.failure)}\n`);
    process.exitCode = exitCodeOf(job);
  } finally {
    display.stop();
    await library.close();
  }
}

/** The exit status of a command that ran a job: 1 also where the job went on and items failed, or nothing was done. */
export function exitCodeOf({ status }: Pick<JobRecord, 'status'>): 0 | 1 {
  return status === 'SUCCEEDED' ? 0 : 1;
}

const maxPrinted = 20;

async function printItemErrors({ jobs }: Library, { id }: JobRecord): Promise<void> {
  const page = await jobs.itemErrors(id, { count: maxPrinted, backward: false, cursor: null });
  for (const { node } of page.edges)
    process.stdout.write(`${printableLine(`  ${node.code}: ${node.item}: ${node.message}`)}\n`);
  if (page.hasNextPage) process.stdout.write('  … and more; the itemErrors of the job have them all\n');
}
