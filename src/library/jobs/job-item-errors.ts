import { setImmediate } from 'node:timers/promises';
import { toStorableText } from '../../base/text.ts';
import type { PrismaClient, StatementWriter } from '../../base/database/database.ts';
import { storeItemErrors, type StoredItemError } from './sql/store-item-errors.ts';
import { decodeIdCursor, encodeIdCursor, type KeysetPage, type PageRequest, toKeysetPage } from '../../base/paging.ts';

export interface JobItemFailure {
  item: string;
  code: string;
  message: string;
  /** The hash that the failed item has, where it is a row of another database. */
  sha256?: string | null;
}

/** The failed items of one running job: counted, and buffered so that they are written many at a time. */
export interface ItemErrorBuffer {
  /** All that were reported in this run, written or not. */
  readonly count: number;
  add(failure: JobItemFailure): void;
  /** Removes and returns up to `limit` of those that wait to be written, the oldest first. */
  take(limit: number): StoredItemError[];
  /** Puts back what could not be written. */
  restore(errors: StoredItemError[]): void;
}

export function createItemErrorBuffer(): ItemErrorBuffer {
  let waiting: StoredItemError[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ item, code, message, sha256 = null }) {
      // Both may quote from files and databases of strangers.
      waiting.push({ item: toStorableText(item), code, message: toStorableText(message), at: new Date(), sha256 });
      count += 1;
    },
    take: (limit) => waiting.splice(0, limit),
    restore(errors) {
      waiting = [...errors, ...waiting];
    },
  };
}

/** A statement that stores so many errors takes about ten milliseconds. */
const errorsPerStatement = 1_000;

/** Writes the waiting errors as long as the job's row names the runner; returns whether it does. */
export async function flushItemErrors(
  database: StatementWriter,
  job: { id: string; runner: string },
  buffer: ItemErrorBuffer,
): Promise<boolean> {
  for (;;) {
    const errors = buffer.take(errorsPerStatement);
    if (errors.length === 0) return true;
    try {
      if (!(await storeItemErrors(database, job, errors))) return false;
    } catch (error) {
      buffer.restore(errors);
      throw error;
    }
    await setImmediate();
  }
}

/** The items that failed in a job, each once, in the order of their first failure. */
export async function readFailedItems(prisma: Pick<PrismaClient, 'jobItemError'>, jobId: string): Promise<string[]> {
  const rows = await prisma.jobItemError.findMany({ where: { jobId }, orderBy: { id: 'asc' }, select: { item: true } });
  return [...new Set(rows.map((row) => row.item))];
}

/** One item that failed in a job. */
export interface JobItemError {
  readonly id: number;
  readonly item: string;
  readonly code: string;
  readonly message: string;
  readonly at: Date;
  readonly sha256: string | null;
}

/**
 * A page of a job's item errors in the order in which they happened. Those of a running job appear within a second.
 * Throws InvalidInputError for a cursor that is none.
 */
export async function listItemErrors(
  prisma: Pick<PrismaClient, 'jobItemError'>,
  jobId: string,
  page: PageRequest,
): Promise<KeysetPage<JobItemError>> {
  const { backward, cursor, count } = page;
  const rows = await prisma.jobItemError.findMany({
    where: { jobId, ...(cursor === null ? {} : { id: beyond(backward, cursor) }) },
    orderBy: { id: backward ? 'desc' : 'asc' },
    take: count + 1,
    omit: { jobId: true },
  });
  return toKeysetPage(page, rows, encodeIdCursor);
}

function beyond(backward: boolean, cursor: string): { lt: number } | { gt: number } {
  const id = decodeIdCursor(backward ? 'before' : 'after', cursor);
  return backward ? { lt: id } : { gt: id };
}

/** All item errors of a job with one code. */
export interface JobErrorReason {
  readonly code: string;
  readonly count: number;
  /** The first of them. */
  readonly example: JobItemError;
}

/** The item errors of a job by their codes, the most frequent first. */
export async function listErrorReasons(
  prisma: Pick<PrismaClient, 'jobItemError'>,
  jobId: string,
): Promise<JobErrorReason[]> {
  const groups = await prisma.jobItemError.groupBy({
    by: ['code'],
    where: { jobId },
    _count: { _all: true },
    _min: { id: true },
  });
  const ids = groups.flatMap(({ _min }) => _min.id ?? []);
  const examples = await prisma.jobItemError.findMany({ where: { id: { in: ids } } });
  return examples
    .map((example) => ({
      code: example.code,
      count: groups.find(({ code }) => code === example.code)?._count._all ?? 1,
      example,
    }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
