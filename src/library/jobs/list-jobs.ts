import type { Prisma, PrismaClient } from '../../base/database/database.ts';
import { toJobRecord, type JobKind, type JobRecord, type JobStatus } from './job-record.ts';
import { decodeCursor, encodeCursor, type KeysetPage, type PageRequest, toKeysetPage } from '../../base/paging.ts';

export interface JobFilter {
  kinds?: readonly JobKind[] | null | undefined;
  statuses?: readonly JobStatus[] | null | undefined;
}

/** A page of the jobs, newest first. Throws InvalidInputError for a cursor that is none. */
export async function listJobs(
  prisma: Pick<PrismaClient, 'job'>,
  filter: JobFilter,
  page: PageRequest,
): Promise<KeysetPage<JobRecord>> {
  const direction = page.backward ? 'asc' : 'desc';
  const rows = await prisma.job.findMany({
    where: { ...toWhere(filter), ...(page.cursor === null ? {} : beyond(page, page.cursor)) },
    orderBy: [{ createdAt: direction }, { id: direction }],
    take: page.count + 1,
  });
  return toKeysetPage(page, rows.map(toJobRecord), cursorOf);
}

export async function countJobs(prisma: Pick<PrismaClient, 'job'>, filter: JobFilter): Promise<number> {
  return prisma.job.count({ where: toWhere(filter) });
}

function toWhere({ kinds, statuses }: JobFilter): Prisma.JobWhereInput {
  return { ...(kinds && { kind: { in: [...kinds] } }), ...(statuses && { status: { in: [...statuses] } }) };
}

/** The jobs of a kind, or of all kinds, that have not ended, or ended since then, oldest first. */
export async function readRecentJobs(
  prisma: Pick<PrismaClient, 'job'>,
  kind: JobKind | null,
  since: Date,
): Promise<JobRecord[]> {
  const rows = await prisma.job.findMany({
    where: { ...(kind !== null && { kind }), OR: [{ finishedAt: null }, { finishedAt: { gte: since } }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toJobRecord);
}

/** The outer condition lets the database use the index on the time, which a bare OR would not. */
function beyond({ backward }: PageRequest, cursor: string): Prisma.JobWhereInput {
  const [time, id = ''] = decodeCursor(backward ? 'before' : 'after', cursor, /^(\d{1,15}):([\w-]+)$/);
  const createdAt = new Date(Number(time));
  return backward
    ? { createdAt: { gte: createdAt }, OR: [{ createdAt: { gt: createdAt } }, { id: { gt: id } }] }
    : { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] };
}

function cursorOf({ createdAt, id }: JobRecord): string {
  return encodeCursor(`${createdAt.getTime()}:${id}`);
}
