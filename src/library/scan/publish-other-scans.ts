import type { Logger } from 'pino';
import { pause } from '../../base/async/pause.ts';
import { maxListedIds, type MediaEvents } from '../catalogue/media-events.ts';
import type { Database } from '../../base/database/database.ts';
import { readChangedSince } from './sql/read-stored.ts';
import { isFinished, type JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';

interface OtherScansOptions {
  database: Database;
  jobs: Pick<Jobs, 'watchKind'>;
  events: Pick<MediaEvents, 'publish' | 'isHeard'>;
  /** The pause after a failure, such as a database that is away. */
  retryMs?: number;
  /** Whether a scan ran in this process, which has published its changes itself. */
  ranHere(jobId: string): boolean;
  log: Pick<Logger, 'error'>;
}

/**
 * Publishes what scans of other processes changed, such as those of the command line, when they have ended. This is SQLite's way, whose
 * processes tell each other nothing.
 */
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
  const { retryMs = 5_000, log } = options;
  let since = new Date();
  while (!signal.aborted) {
    try {
      await followFrom(options, since, (at) => (since = at), signal);
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'what other processes scan cannot be told for a while');
    }
    await pause(retryMs, signal);
  }
}

/** Tells of the scans that have ended since then, and notes how far it came. */
async function followFrom(
  options: OtherScansOptions,
  since: Date,
  onTold: (at: Date) => void,
  signal: AbortSignal,
): Promise<void> {
  const { jobs, events, ranHere } = options;
  for await (const job of jobs.watchKind('SCAN', signal)) {
    if (!isFinished(job) || job.finishedAt === null || job.finishedAt < since) continue;
    if (!ranHere(job.id) && events.isHeard()) await publishChanges(options, job);
    onTold(job.finishedAt);
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
