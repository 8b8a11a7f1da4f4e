import type { Logger } from 'pino';
import { maxListedIds, type MediaEvents } from '../catalogue/media-events.ts';
import type { Database } from '../../base/database/database.ts';
import { readChangedSince } from './sql/read-stored.ts';
import { isFinished, type JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';

interface OtherScansOptions {
  database: Database;
  jobs: Pick<Jobs, 'watchKind'>;
  events: Pick<MediaEvents, 'publish' | 'isHeard'>;
  /** Whether a scan ran in this process, which has published its changes itself. */
  ranHere(jobId: string): boolean;
  log: Pick<Logger, 'error'>;
}

/** Publishes what scans of other processes changed, such as those of the command line, when they have ended. */
export function publishOtherScans(options: OtherScansOptions): { close(): Promise<void> } {
  const closing = new AbortController();
  const following = follow(options, closing.signal);
  return {
    close() {
      closing.abort();
      return following;
    },
  };
}

async function follow(options: OtherScansOptions, signal: AbortSignal): Promise<void> {
  const { jobs, events, ranHere, log } = options;
  const begunAt = new Date();
  try {
    for await (const job of jobs.watchKind('SCAN', signal)) {
      const isNew = isFinished(job) && job.finishedAt !== null && job.finishedAt >= begunAt;
      if (isNew && !ranHere(job.id) && events.isHeard()) await publishChanges(options, job);
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'what other processes scan is not told any more');
  }
}

async function publishChanges(
  { database, events }: OtherScansOptions,
  { input, startedAt }: JobRecord<'SCAN'>,
): Promise<void> {
  const { categories, dryRun } = input;
  if (dryRun || startedAt === null) return;
  for (const category of categories) {
    // One more than the event lists is read, so that listeners learn that there was more.
    events.publish({ category, ...(await readChangedSince(database, category, startedAt, maxListedIds + 1)) });
  }
}
