import type { PrismaClient } from '../../base/database/database.ts';
import { finishJobAlone } from './finish-job.ts';
import { JobFinishedError, JobNotFoundError } from './job-errors.ts';
import { isFinished, type JobStatus } from './job-record.ts';
import type { RunnerTrace } from './runner.ts';

interface CancelContext {
  prisma: PrismaClient;
  isAlive: (job: RunnerTrace & { id: string }) => boolean;
}

/**
 * Ends a job that nobody is running at once; one that runs, here or elsewhere, becomes CANCELLING, which its runner
 * notices when it next reads the row. Throws JobNotFoundError and JobFinishedError.
 */
export async function cancelJob(context: CancelContext, id: string): Promise<'CANCELLED' | 'CANCELLING'> {
  for (;;) {
    const job = await context.prisma.job.findUnique({
      where: { id },
      select: { id: true, status: true, runner: true, heartbeatAt: true },
    });
    if (job === null) throw new JobNotFoundError(id);
    const status = job.status as JobStatus;
    if (isFinished({ status })) throw new JobFinishedError(id, status);
    const isAlive = context.isAlive(job);
    if (status === 'CANCELLING' && isAlive) return 'CANCELLING';
    const expected = { id, status, runner: job.runner };
    if (status === 'RUNNING' && isAlive) {
      const { count } = await context.prisma.job.updateMany({ where: expected, data: { status: 'CANCELLING' } });
      if (count === 1) return 'CANCELLING';
    } else if (await finishJobAlone(context.prisma, expected, { status: 'CANCELLED' })) {
      return 'CANCELLED';
    }
    // The job was begun, ended or taken over since it was read: read it again.
  }
}
