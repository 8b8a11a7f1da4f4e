import type { PrismaClient } from '../../base/database/database.ts';
import type { Job as JobRow } from '../../base/database/generated/sqlite/client.ts';
import { finishJobAlone, type JobEnd } from './finish-job.ts';
import { countInterruption, maxInterruptions, readInterruptions, type Interruptions } from './interruptions.ts';
import { activeStatuses, type JobKind, type JobRecord, toJobRecord } from './job-record.ts';
import type { JobsLog } from './run-job.ts';
import type { Runner, RunnerTrace } from './runner.ts';

export interface RecoveryContext {
  prisma: PrismaClient;
  runner: Runner;
  log: JobsLog;
  isAlive: (job: RunnerTrace & { id: string }) => boolean;
  canRun: (kind: JobKind) => boolean;
}

/** A job that this runner took over and has to run. */
export interface RecoveredJob {
  record: JobRecord;
  interruptions: Interruptions;
  kept: object | null;
}

/**
 * Takes over the unfinished jobs that no living process has, oldest first. Those that cannot or should not be run
 * again are ended instead, with the reason. Of several processes that try, one gets the job.
 */
async function* recoverJobs(context: RecoveryContext): AsyncGenerator<RecoveredJob, void, void> {
  const unfinished = await context.prisma.job.findMany({
    where: { status: { in: [...activeStatuses] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  for (const row of unfinished) {
    if (context.isAlive(row)) continue;
    // A queued job was not at work when its process ended.
    const interruptions = row.status === 'RUNNING' ? countInterruption(row.progress) : readInterruptions(row.progress);
    const end = reasonToEnd(context, row, interruptions);
    if (end !== null) await giveUp(context, row, end);
    else if (await adopt(context, row, interruptions)) {
      const { kept = null } = row.progress as { kept?: object };
      yield { record: { ...toJobRecord(row), status: 'QUEUED' }, interruptions, kept };
    }
  }
}

function reasonToEnd({ canRun }: RecoveryContext, row: JobRow, interruptions: Interruptions): JobEnd | null {
  if (row.status === 'CANCELLING') return { status: 'CANCELLED' };
  if (!canRun(row.kind as JobKind)) {
    return {
      status: 'FAILED',
      failure: `Its process ended before it was finished, and it could not be resumed: nothing here runs ${row.kind} jobs.`,
    };
  }
  if (interruptions.count > maxInterruptions) {
    return {
      status: 'FAILED',
      failure: `It was interrupted ${interruptions.count} times without getting past item ${interruptions.done}, so it was not resumed again.`,
    };
  }
  return null;
}

async function giveUp({ prisma, log }: RecoveryContext, row: JobRow, end: JobEnd): Promise<void> {
  const { id, status, runner } = row;
  const ended = await finishJobAlone(prisma, { id, status, runner }, end);
  if (ended) log.warn({ jobId: id, kind: row.kind, ...end }, 'unfinished job was ended');
}

async function adopt(
  { prisma, runner, log }: RecoveryContext,
  row: JobRow,
  interruptions: Interruptions,
): Promise<boolean> {
  const { id, status, progress } = row;
  const { count } = await prisma.job.updateMany({
    where: { id, status, runner: row.runner },
    data: {
      status: 'QUEUED',
      runner: runner.name,
      heartbeatAt: new Date(),
      progress: { ...(progress as object), interruptions: { ...interruptions } },
    },
  });
  if (count === 1) log.info({ jobId: id, kind: row.kind, previousRunner: row.runner }, 'unfinished job is resumed');
  return count === 1;
}

const intervalMs = 30_000;

interface RegularRecovery {
  /** Recovers now, and from the first call on every half a minute; returns the jobs that are resumed now. */
  recover(): Promise<JobRecord[]>;
  /** Starts no more recoveries and waits for the one that is under way. */
  stop(): Promise<void>;
}

export function recoverRegularly(context: RecoveryContext & { run(job: RecoveredJob): void }): RegularRecovery {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** Recoveries run one after the other: two at once would both find the same jobs abandoned. */
  let last: Promise<unknown> = Promise.resolve();

  async function recoverOnce(): Promise<JobRecord[]> {
    const resumed: JobRecord[] = [];
    if (isStopped) return resumed;
    for await (const job of recoverJobs(context)) {
      context.run(job);
      resumed.push(job.record);
    }
    return resumed;
  }

  function recover(): Promise<JobRecord[]> {
    const recovering = last.then(recoverOnce);
    last = recovering.catch((error: unknown) => {
      context.log.error({ err: error }, 'unfinished jobs could not be recovered; it is tried again');
    });
    timer ??= setInterval(() => void recover().catch(() => undefined), intervalMs).unref();
    return recovering;
  }

  return {
    recover,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last;
    },
  };
}
