import { setImmediate } from 'node:timers/promises';
import {
  decodeIdCursor,
  encodeIdCursor,
  type KeysetPage,
  type PageRequest,
  toKeysetPage,
} from '../../../base/paging.ts';
import type { Database } from '../../../base/database/database.ts';
import { dropOldPlans, storePlanEntries, type StoredPlanEntry } from '../sql/scan-plans.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import { type CategoryPlan, entriesOf, type PlanEntry, type PlanEntryKind } from './scan-plan.ts';

/** The plans that were not carried out: those of dry runs, and those that are held. Only the newest are kept. */
export interface StoredPlans {
  /** Saves the plans of a job in place of what it may have saved before it was interrupted. */
  save(jobId: string, plans: readonly CategoryPlan[]): Promise<void>;
  read(jobId: string): Promise<PlanEntry[]>;
  /**
   * Lists the changes in the order in which they would be carried out. Throws InvalidInputError for a cursor that is
   * none.
   */
  list(jobId: string, kinds: readonly PlanEntryKind[] | null, page: PageRequest): Promise<KeysetPage<PlanEntry>>;
}

const keptJobs = 10;
const statementSize = 1_000;
const pageSize = 5_000;

export function createStoredPlans(database: Database): StoredPlans {
  return {
    async save(jobId, plans) {
      await database.prisma.scanPlanEntry.deleteMany({ where: { jobId } });
      const entries = plans.flatMap((plan) => [...entriesOf(plan)]);
      for (const batch of inBatches(entries, statementSize)) {
        await storePlanEntries(database, jobId, batch);
        await setImmediate();
      }
      await dropOldPlans(database, jobId, keptJobs);
    },
    async read(jobId) {
      const entries: PlanEntry[] = [];
      for (let after = 0; ;) {
        const page = await readRows(database, { jobId, id: { gt: after } }, pageSize);
        for (const { id, ...entry } of page) {
          entries.push(entry as PlanEntry);
          after = id;
        }
        if (page.length < pageSize) return entries;
      }
    },
    list: async (jobId, kinds, page) =>
      (await listPlanEntries(database, jobId, kinds, page)) as KeysetPage<PlanEntry & { id: number }>,
  };
}

/** Lists stored entries of these kinds in the order in which they were stored. Throws InvalidInputError for a cursor that is none. */
export async function listPlanEntries(
  database: Pick<Database, 'prisma'>,
  jobId: string,
  kinds: readonly string[] | null,
  page: PageRequest,
): Promise<KeysetPage<StoredPlanEntry & { id: number }>> {
  const { backward, cursor, count } = page;
  const id = cursor === null ? null : decodeIdCursor(backward ? 'before' : 'after', cursor);
  const beyond = id === null ? {} : { id: backward ? { lt: id } : { gt: id } };
  const where = { jobId, ...beyond, ...(kinds && { kind: { in: [...kinds] } }) };
  const rows = await readRows(database, where, count + 1, backward ? 'desc' : 'asc');
  return toKeysetPage(page, rows, encodeIdCursor);
}

async function readRows(
  { prisma }: Pick<Database, 'prisma'>,
  where: object,
  take: number,
  direction: 'asc' | 'desc' = 'asc',
): Promise<(StoredPlanEntry & { id: number })[]> {
  const rows = await prisma.scanPlanEntry.findMany({ where, orderBy: { id: direction }, take, omit: { jobId: true } });
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}
