import type { Prisma, PrismaClient } from '../../base/database/database.ts';
import type { JobProgress } from './job-progress.ts';
import type { FinalStatus } from './job-record.ts';

export interface JobEnd {
  status: FinalStatus;
  failure?: string;
  result?: object;
  progress?: JobProgress;
}

/**
 * Ends the job, provided that its row is still as `expected`, and frees its locks; returns whether it did. Call it in a
 * transaction, so that nobody sees a finished job with locks.
 */
export async function finishJob(
  transaction: Prisma.TransactionClient,
  expected: Prisma.JobWhereInput & { id: string },
  { status, failure, result, progress }: JobEnd,
): Promise<boolean> {
  const { count } = await transaction.job.updateMany({
    where: expected,
    data: {
      status,
      runner: null,
      heartbeatAt: null,
      finishedAt: new Date(),
      ...(failure === undefined ? {} : { failure }),
      ...(result === undefined ? {} : { result }),
      ...(progress === undefined ? {} : { progress: { ...progress } }),
    },
  });
  if (count === 0) return false;
  await transaction.jobLock.deleteMany({ where: { jobId: expected.id } });
  return true;
}

/** Runs `finishJob` in a transaction of its own. */
export async function finishJobAlone(
  prisma: PrismaClient,
  expected: Prisma.JobWhereInput & { id: string },
  end: JobEnd,
): Promise<boolean> {
  return prisma.$transaction((transaction) => finishJob(transaction, expected, end));
}
