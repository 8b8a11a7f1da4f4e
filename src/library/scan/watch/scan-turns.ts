import type { Database } from '../../../base/database/database.ts';
import { dialectOf } from '../../../base/database/sql.ts';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import { isFinished, isOfKind, type JobRecord } from '../../jobs/job-record.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Roots } from '../../roots/roots.ts';
import type { Scanner } from '../scan.ts';

/** Scans of everything that nobody asked for: however many nodes there are, one of them starts each. */
export interface ScanTurns {
  /**
   * Starts the scan of a time of the schedule; null where a node has started it already. Throws ScanAlreadyRunningError while another
   * scan is at work.
   */
  startScheduled(time: Date): Promise<JobRecord<'SCAN'> | null>;
  /**
   * Starts the scan of a node's start; null where one of everything is at work, or has just ended well. Throws
   * ScanAlreadyRunningError while a scan of some of it is at work.
   */
  startFirst(): Promise<JobRecord<'SCAN'> | null>;
}

interface ScanTurnsOptions {
  database: Pick<Database, 'provider' | 'transaction'>;
  jobs: Pick<Jobs, 'list'>;
  scanner: Pick<Scanner, 'start'>;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  roots: Pick<Roots, 'recogniseOften'>;
}

/** Nodes that are started one after the other do so within this time. */
const justEndedMs = 5 * 60_000;
/** The longest that a scan is thought to take. */
const oneDayMs = 24 * 60 * 60_000;
/** Clocks of nodes differ: one that is ahead starts the scan of a time before others think that it has come. */
const lookBackMs = 60 * 60_000;

export function createScanTurns({ database, jobs, scanner, mediaConfig, roots }: ScanTurnsOptions): ScanTurns {
  /** On SQLite there is one node. */
  async function inTurn<T>(act: () => Promise<T>): Promise<T> {
    if (database.provider === 'sqlite') return act();
    return database.transaction(async (transaction) => {
      await dialectOf(database).lock(transaction, 'mediashelf turn to scan');
      return act();
    });
  }

  async function find(since: number, isIt: (job: JobRecord<'SCAN'>) => boolean | Promise<boolean>): Promise<boolean> {
    for (let cursor: string | null = null; ;) {
      const page: Awaited<ReturnType<Jobs['list']>> = await jobs.list(
        { kinds: ['SCAN'] },
        { count: 50, backward: false, cursor },
      );
      for (const { node } of page.edges) {
        if (node.createdAt.getTime() < since) return false;
        if (isOfKind(node, 'SCAN') && (await isIt(node))) return true;
      }
      if (!page.hasNextPage) return false;
      cursor = page.edges.at(-1)?.cursor ?? null;
    }
  }

  /** Whether a scan looks at everything that is configured now. */
  function isOfAll({ input }: JobRecord<'SCAN'>): boolean {
    const { dryRun, limit, folders, appliesPlanOf, categories } = input;
    if (dryRun || limit !== null || folders !== undefined || appliesPlanOf !== undefined) return false;
    return mediaConfig.current().categories.every(({ key }) => categories.includes(key));
  }

  /** Whether a scan has just found all that this node would: one without a disk finds less. */
  async function hasJustDone({ status, finishedAt, result }: JobRecord<'SCAN'>): Promise<boolean> {
    if (status === 'FAILED' || status === 'CANCELLED' || finishedAt === null) return false;
    if (Date.now() - finishedAt.getTime() >= justEndedMs) return false;
    for (const category of mediaConfig.current().categories) {
      const done = result?.categories.find((one) => one.category === category.key);
      if (done?.rootPath !== category.rootPath) return false;
      if (!done.rootExists && (await roots.recogniseOften(category)).state === 'ONLINE') return false;
    }
    return true;
  }

  return {
    startScheduled: (time) =>
      inTurn(async () => {
        const scheduledFor = time.toISOString();
        const isStarted = await find(time.getTime() - lookBackMs, ({ input }) => input.scheduledFor === scheduledFor);
        return isStarted ? null : scanner.start({ requestedBy: 'schedule', scheduledFor });
      }),
    startFirst: () =>
      inTurn(async () => {
        const isDone = await find(
          Date.now() - oneDayMs,
          (job) => isOfAll(job) && (!isFinished(job) || hasJustDone(job)),
        );
        return isDone ? null : scanner.start({ requestedBy: 'start' });
      }),
  };
}
