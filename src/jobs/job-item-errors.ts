import type { Prisma, PrismaClient } from '../database/database.ts';

export interface JobItemFailure {
  item: string;
  code: string;
  message: string;
}

/** The failed items of one running job: counted, and held back so that they are written a batch at a time. */
export interface ItemErrorBuffer {
  /** All that were reported in this run, written or not. */
  readonly count: number;
  add(failure: JobItemFailure): void;
  /** Takes out what waits to be written. */
  drain(): Prisma.JobItemErrorCreateManyInput[];
  /** Puts back what could not be written. */
  restore(rows: Prisma.JobItemErrorCreateManyInput[]): void;
}

export function createItemErrorBuffer(jobId: string): ItemErrorBuffer {
  let waiting: Prisma.JobItemErrorCreateManyInput[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ item, code, message }) {
      waiting.push({ jobId, item, code, message, at: new Date() });
      count += 1;
    },
    drain() {
      const rows = waiting;
      waiting = [];
      return rows;
    },
    restore(rows) {
      waiting = [...rows, ...waiting];
    },
  };
}

/** The items that failed in a job, each once, in the order of their first failure. */
export async function readFailedItems(prisma: Pick<PrismaClient, 'jobItemError'>, jobId: string): Promise<string[]> {
  const rows = await prisma.jobItemError.findMany({ where: { jobId }, orderBy: { id: 'asc' }, select: { item: true } });
  return [...new Set(rows.map((row) => row.item))];
}
