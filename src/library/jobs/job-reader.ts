import type { PrismaClient } from '../../base/database/database.ts';
import { snapshotJob, type ActiveJob } from './active-job.ts';
import { activeStatuses, isOfKind, toJobRecord, type JobKind, type JobRecord, type JobRef } from './job-record.ts';
import type { KeysetPage, PageRequest } from '../../base/paging.ts';
import { listJobs, readRecentJobs, type JobFilter } from './list-jobs.ts';

/** Reads jobs from their rows; the jobs of this process have their current progress. */
export interface JobReader {
  read<Kind extends JobKind = JobKind>(job: JobRef<Kind>): Promise<JobRecord<Kind> | null>;
  list(filter: JobFilter, page: PageRequest): Promise<KeysetPage<JobRecord>>;
  /** The jobs of the kind, or of all kinds, that have not ended, or ended since then; oldest first. */
  readRecent(kind: JobKind | null, since: Date): Promise<JobRecord[]>;
  /** The jobs of the kind, or of all kinds, that have not ended, or else the last one; oldest first. */
  readCurrent(kind: JobKind | null): Promise<JobRecord[]>;
}

export function createJobReader(prisma: Pick<PrismaClient, 'job'>, active: ReadonlyMap<string, ActiveJob>): JobReader {
  function newest(record: JobRecord): JobRecord {
    const job = active.get(record.id);
    return job === undefined ? record : snapshotJob(job);
  }

  async function readAny(id: string): Promise<JobRecord | null> {
    const job = active.get(id);
    if (job !== undefined) return snapshotJob(job);
    const row = await prisma.job.findUnique({ where: { id } });
    return row === null ? null : toJobRecord(row);
  }

  return {
    async read<Kind extends JobKind>(job: JobRef<Kind>) {
      const { id, kind } = typeof job === 'string' ? { id: job } : job;
      const record = await readAny(id);
      return record !== null && isOfKind(record, kind) ? record : null;
    },
    async list(filter, request) {
      const page = await listJobs(prisma, filter, request);
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: newest(node) })) };
    },
    async readRecent(kind, since) {
      return (await readRecentJobs(prisma, kind, since)).map(newest);
    },
    async readCurrent(kind) {
      const newestFirst = { count: 1, backward: false, cursor: null };
      const atWork = await prisma.job.findMany({
        where: { ...(kind !== null && { kind }), status: { in: [...activeStatuses] } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      if (atWork.length > 0) return atWork.map(toJobRecord).map(newest);
      return (await listJobs(prisma, { kinds: kind === null ? null : [kind] }, newestFirst)).edges.map(
        ({ node }) => node,
      );
    },
  };
}
