import { setImmediate } from 'node:timers/promises';
import {
  decodeIdCursor,
  encodeIdCursor,
  type KeysetPage,
  type PageRequest,
  toKeysetPage,
} from '../../../base/paging.ts';
import type { Database } from '../../../base/database/database.ts';
import { type PlanTotal, readPlanTotals } from '../sql/plan-totals.ts';
import { searchPlan } from './search-plan.ts';
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
   * none, and for a search that is too long.
   */
  list(
    jobId: string,
    kinds: readonly PlanEntryKind[] | null,
    page: PageRequest,
    filter?: PlanFilter,
  ): Promise<KeysetPage<PlanEntry>>;
  /** Counts the changes by kind and category, categories in the order of their keys. */
  totals(jobId: string): Promise<PlanTotal[]>;
}

export interface PlanFilter {
  /** The key of the category that a change is in, or that its item comes from. */
  category?: string | null | undefined;
  /** Words that a path has, in any order, folded as searches are. */
  search?: string | null | undefined;
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
    list: async (jobId, kinds, page, filter) =>
      (await listPlanEntries(database, jobId, kinds, page, filter)) as KeysetPage<PlanEntry & { id: number }>,
    totals: (jobId) => readPlanTotals(database, jobId),
  };
}

/**
 * Lists stored entries of these kinds in the order in which they were stored. Throws InvalidInputError for a cursor that
 * is none, and for a search that is too long.
 */
export async function listPlanEntries(
  database: Pick<Database, 'prisma' | 'read'>,
  jobId: string,
  kinds: readonly string[] | null,
  page: PageRequest,
  { category, search }: PlanFilter = {},
): Promise<KeysetPage<StoredPlanEntry & { id: number }>> {
  const { backward, cursor, count } = page;
  const id = cursor === null ? null : decodeIdCursor(backward ? 'before' : 'after', cursor);
  const direction = backward ? 'desc' : 'asc';
  if (search) {
    const wanted = { jobId, kinds, category: category ?? null, search };
    const found = await searchPlan(database, wanted, { id, backward, count: count + 1 });
    return toKeysetPage(page, await readRows(database, { id: { in: found } }, found.length, direction), encodeIdCursor);
  }
  const beyond = id === null ? {} : { id: backward ? { lt: id } : { gt: id } };
  const isOfCategory = category !== null &&
    category !== undefined && { OR: [{ category }, { fromCategory: category }] };
  const where = { jobId, ...beyond, ...(kinds && { kind: { in: [...kinds] } }), ...isOfCategory };
  const rows = await readRows(database, where, count + 1, direction);
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
