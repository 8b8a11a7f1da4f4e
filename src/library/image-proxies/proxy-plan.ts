import type { Database } from '../../base/database/database.ts';
import type { KeysetPage, PageRequest } from '../../base/paging.ts';
import { listPlanEntries } from '../scan/plan/stored-plans.ts';
import { dropOldPlans, storePlanEntries, type StoredPlanEntry } from '../scan/sql/scan-plans.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';

/** An image that a dry run found to need a proxy. */
export interface ProxyPlanEntry {
  id: number;
  category: string;
  relativePath: string;
  itemId: number;
  sizeBytes: number;
}

/** Notes which images a dry run means. */
export interface ProxyPlanWriter {
  add(item: ProxyCandidate): Promise<void>;
  /** Stores what was added last, and drops the plans of all but the newest dry runs. */
  finish(): Promise<void>;
}

const writtenAtOnce = 1_000;
const keptJobs = 10;

/**
 * Begins the plan of a dry run, in place of what it may have stored before it was interrupted. Plans of scans and of batches
 * are stored alike, and are kept apart by their jobs.
 */
export async function beginProxyPlan(database: Database, jobId: string): Promise<ProxyPlanWriter> {
  await database.prisma.scanPlanEntry.deleteMany({ where: { jobId } });
  let waiting: StoredPlanEntry[] = [];

  async function flush(): Promise<void> {
    const entries = waiting;
    waiting = [];
    await storePlanEntries(database, jobId, entries);
  }

  return {
    async add({ id, rootCategory, relativePath, sizeBytes, signature }) {
      const path = { category: rootCategory, relativePath, fromCategory: null, fromPath: null };
      waiting.push({ kind: 'PROXY', ...path, itemId: id, sizeBytes, signature });
      if (waiting.length >= writtenAtOnce) await flush();
    },
    async finish() {
      await flush();
      await dropOldPlans(database, jobId, keptJobs);
    },
  };
}

/** Lists the images of a plan in the order in which they were looked at. Throws InvalidInputError for a cursor that is none. */
export async function listProxyPlan(
  database: Database,
  jobId: string,
  page: PageRequest,
): Promise<KeysetPage<ProxyPlanEntry>> {
  return (await listPlanEntries(database, jobId, ['PROXY'], page)) as KeysetPage<ProxyPlanEntry>;
}
