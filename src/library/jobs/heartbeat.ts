import type { PrismaClient } from '../../base/database/database.ts';
import type { ActiveJob } from './active-job.ts';
import { JobStoppedError } from './job-errors.ts';
import { activeStatuses } from './job-record.ts';
import { heartbeatMs, type Runner } from './runner.ts';

/** Time after which a job notices that another process cancelled it or took it over. */
const rowCheckMs = 1_500;

interface HeartbeatContext {
  prisma: PrismaClient;
  runner: Runner;
  active: ReadonlyMap<string, ActiveJob>;
  log: { warn(fields: object, message: string): void };
  stop: (job: ActiveJob, reason: JobStoppedError) => void;
}

/** Writes heartbeats while this process has jobs, and stops those whose rows another process cancelled or took over. */
export function startHeartbeat(context: HeartbeatContext): { stop(): void } {
  let isBeating = false;
  let writtenAt = 0;

  async function beat(): Promise<void> {
    if (isBeating || context.active.size === 0) return;
    isBeating = true;
    try {
      await checkRows(context);
      if (Date.now() - writtenAt >= heartbeatMs) {
        writtenAt = Date.now();
        await writeHeartbeat(context);
      }
    } catch (error) {
      context.log.warn({ err: error }, 'job heartbeat failed; it is tried again');
    } finally {
      isBeating = false;
    }
  }

  const timer = setInterval(() => void beat(), rowCheckMs).unref();
  return { stop: () => clearInterval(timer) };
}

async function checkRows({ prisma, runner, active, stop }: HeartbeatContext): Promise<void> {
  const rows = await prisma.job.findMany({
    where: { id: { in: [...active.keys()] } },
    select: { id: true, status: true, runner: true },
  });
  for (const row of rows) {
    const job = active.get(row.id);
    if (job === undefined) continue;
    if (row.runner !== runner.name) stop(job, new JobStoppedError('TAKEN_OVER'));
    else if (row.status === 'CANCELLING') stop(job, new JobStoppedError('CANCELLED'));
  }
}

async function writeHeartbeat({ prisma, runner }: HeartbeatContext): Promise<void> {
  await prisma.job.updateMany({
    where: { runner: runner.name, status: { in: [...activeStatuses] } },
    data: { heartbeatAt: new Date() },
  });
}
