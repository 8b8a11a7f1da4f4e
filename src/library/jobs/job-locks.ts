import type { Prisma, PrismaClient } from '../../base/database/database.ts';
import { finishJob, patientTransaction, type JobEnd } from './finish-job.ts';
import { JobLockedError } from './job-errors.ts';
import type { JobStatus } from './job-record.ts';
import type { RunnerTrace } from './runner.ts';

type JobRow = Prisma.JobUncheckedCreateInput & { id: string };

interface LockContext {
  prisma: PrismaClient;
  /** Whether a living process has the job. */
  isTaken: (job: RunnerTrace & { id: string }) => boolean;
}

/** Races that are lost one after the other; each needs another process to start and end a job in between. */
const attempts = 5;

/**
 * Stores a new job together with its locks, both or none. A holder that nobody runs any more fails in its favour, so
 * that a killed process blocks nothing. Throws JobLockedError while a living job holds one of the locks.
 */
export async function insertWithLocks(context: LockContext, job: JobRow, locks: readonly string[]): Promise<void> {
  // Always in the same order, so that two processes do not wait for each other.
  const names = [...new Set(locks)].sort();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.prisma.$transaction(async (transaction) => {
        await evictDeadHolders(context, transaction, job, names);
        await transaction.job.create({ data: job });
        await transaction.jobLock.createMany({ data: names.map((name) => ({ name, jobId: job.id })) });
      }, patientTransaction);
    } catch (error) {
      // Another process took a lock between the look and the insertion: the next look finds the job that has it.
      if (!isUniqueViolation(error) || attempt === attempts) throw error;
    }
  }
}

async function evictDeadHolders(
  { isTaken }: LockContext,
  transaction: Prisma.TransactionClient,
  newcomer: JobRow,
  names: string[],
): Promise<void> {
  const locks = await transaction.jobLock.findMany({ where: { name: { in: names } }, include: { job: true } });
  const holders = new Map(locks.map(({ job }) => [job.id, job]));
  for (const { id, status, runner, heartbeatAt } of holders.values()) {
    const evicted =
      !isTaken({ id, runner, heartbeatAt }) &&
      (await finishJob(transaction, { id, status, runner }, endOfEvicted(status as JobStatus, newcomer.id)));
    if (!evicted)
      throw new JobLockedError(
        id,
        locks.filter(({ jobId }) => jobId === id).map(({ name }) => name),
      );
  }
}

function endOfEvicted(status: JobStatus, newcomer: string): JobEnd {
  if (status === 'CANCELLING') return { status: 'CANCELLED' };
  return { status: 'FAILED', failure: `Its process ended before it was finished, and job ${newcomer} took its place.` };
}

/** The code decides: each of the two generated clients has error classes of its own. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'P2002';
}
