import type { Prisma, PrismaClient } from '../../base/database/database.ts';
import { finishJob, type JobEnd } from './finish-job.ts';
import { JobLockedError } from './job-errors.ts';
import type { JobStatus } from './job-record.ts';
import type { RunnerTrace } from './runner.ts';

type JobRow = Prisma.JobUncheckedCreateInput & { id: string };

interface LockContext {
  prisma: PrismaClient;
  /** Whether a living process has the job. */
  isAlive: (job: RunnerTrace & { id: string }) => boolean;
}

/** How many races may be lost one after the other; each needs another process to start and end a job in between. */
const attempts = 5;

/**
 * Stores a new job together with its locks, both or none. A job that has one of the locks
 * but is not run by any process any more is ended, so that a killed process blocks nothing. Throws JobLockedError while a
 * living job has one of them.
 */
export async function insertWithLocks(context: LockContext, job: JobRow, locks: readonly string[]): Promise<void> {
  // The order is always the same, so that two processes do not wait for each other.
  const names = [...new Set(locks)].sort();
  if (names.length === 0) {
    await context.prisma.job.create({ data: job, select: { id: true } });
    return;
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.prisma.$transaction(async (transaction) => {
        await evictDeadOwners(context, transaction, job, names);
        await transaction.job.create({ data: job });
        await transaction.jobLock.createMany({ data: names.map((name) => ({ name, jobId: job.id })) });
      });
    } catch (error) {
      // Another process took a lock between the read and the insertion: the next read finds which job has it.
      if (!isUniqueViolation(error) || attempt === attempts) throw error;
    }
  }
}

async function evictDeadOwners(
  { isAlive }: LockContext,
  transaction: Prisma.TransactionClient,
  newcomer: JobRow,
  names: string[],
): Promise<void> {
  const locks = await transaction.jobLock.findMany({ where: { name: { in: names } }, include: { job: true } });
  const owners = new Map(locks.map(({ job }) => [job.id, job]));
  for (const { id, status, runner, heartbeatAt } of owners.values()) {
    const evicted =
      !isAlive({ id, runner, heartbeatAt }) &&
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

/** Compares the code, as each of the two generated clients has error classes of its own. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'P2002';
}
