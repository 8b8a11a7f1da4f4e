import type { PrismaClient } from '../../base/database/database.ts';
import { decodeIdCursor, encodeIdCursor } from '../../base/list-cursor.ts';
import { toKeysetPage, type KeysetPage } from '../../base/paging.ts';
import type { PageRequest } from '../../base/page-request.ts';

/** One item that failed in a job. */
export interface JobItemError {
  readonly id: number;
  readonly item: string;
  readonly code: string;
  readonly message: string;
  readonly at: Date;
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
