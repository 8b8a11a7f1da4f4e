import type { JobObserver } from '../../base/observability/observe.ts';
import { type ActiveJob, type JobsDatabase, progressOf } from './active-job.ts';
import { finishJobAlone } from './finish-job.ts';
import type { JobHandler } from './job-handler.ts';
import { flushItemErrors } from './job-item-errors.ts';
import { decideOutcome, type Attempt, type Outcome } from './job-outcome.ts';
import { createProgressMeter } from './job-progress.ts';
import { saveRegularly } from './save-progress.ts';
import type { Runner } from './runner.ts';

export interface RunContext {
  database: JobsDatabase;
  runner: Runner;
  log: JobsLog;
  observer: JobObserver | undefined;
  /** Notifies the watchers of this process that the job has changed. */
  publish: (job: ActiveJob) => void;
}

export interface JobsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Takes the job out of the queue, runs it and stores its outcome. Every write requires that the row still names this
 * runner: a job that was cancelled in the queue is not begun, and one that was taken over is not touched any more.
 */
export async function runJob(context: RunContext, handler: JobHandler, job: ActiveJob): Promise<void> {
  if (!(await claim(context, job))) return;
  context.publish(job);
  const saving = saveRegularly(context, job);
  const attempt = await callHandler(context, handler, job);
  await saving.stop();
  job.meter.finish();
  const outcome = decideOutcome(attempt, job.stop.signal, { itemErrors: job.itemErrors.count, isHeld: job.isHeld });
  if (outcome.next === 'END') await end(context, job, outcome);
  else if (outcome.next === 'REQUEUE') await requeue(context, job);
}

async function claim({ database: { prisma }, runner }: RunContext, job: ActiveJob): Promise<boolean> {
  if (job.stop.signal.aborted) return false;
  const startedAt = job.record.startedAt ?? new Date();
  job.meter = createProgressMeter();
  const isMine = await prisma.$transaction(async (transaction) => {
    const { count } = await transaction.job.updateMany({
      where: { id: job.id, runner: runner.name, status: 'QUEUED' },
      data: { status: 'RUNNING', startedAt, heartbeatAt: new Date(), progress: progressOf(job) },
    });
    // These errors are from a run that was cut short; the items that fail again are reported again.
    if (count === 1) await transaction.jobItemError.deleteMany({ where: { jobId: job.id } });
    return count === 1;
  });
  if (!isMine) return false;
  job.record = { ...job.record, status: 'RUNNING', startedAt };
  return true;
}

async function callHandler({ publish, observer }: RunContext, handler: JobHandler, job: ActiveJob): Promise<Attempt> {
  const { id: jobId, record, meter, itemErrors, stop } = job;
  try {
    const around = observer?.around ?? ((_job, run) => run());
    const result = await around({ kind: record.kind, id: jobId }, async () =>
      handler.run({
        jobId,
        input: record.input,
        requestedBy: record.requestedBy,
        kept: job.kept,
        keep: (facts) => (job.kept = facts),
        signal: stop.signal,
        progress: {
          start(totals) {
            meter.start(totals);
            publish(job);
          },
          advance(step) {
            meter.advance(step);
            publish(job);
          },
        },
        reportItemError: (failure) => itemErrors.add(failure),
        hold: () => (job.isHeld = true),
      }),
    );
    return { result: result ?? undefined };
  } catch (error) {
    return { error };
  }
}

async function end(
  { database, runner, log, observer }: RunContext,
  job: ActiveJob,
  { status, failure, result, unexpected }: Outcome & { next: 'END' },
): Promise<void> {
  const { id: jobId, record } = job;
  if (unexpected !== undefined) log.error({ err: unexpected, jobId, kind: record.kind }, 'job failed unexpectedly');
  const mine = { id: jobId, runner: runner.name };
  if (!(await flushItemErrors(database, mine, job.itemErrors))) return;
  const ended = await finishJobAlone(database.prisma, mine, {
    status,
    progress: job.meter.snapshot(),
    ...(failure === undefined ? {} : { failure }),
    ...(result === undefined ? {} : { result }),
  });
  const seconds = (Date.now() - (record.startedAt ?? record.createdAt).getTime()) / 1000;
  if (ended) observer?.ended({ kind: record.kind, status, seconds });
  if (ended) log.info({ jobId, kind: record.kind, status, itemErrors: job.itemErrors.count }, 'job ended');
}

/** Leaves the job, with its progress, to the next start of the service. */
async function requeue({ database: { prisma }, runner, log }: RunContext, job: ActiveJob): Promise<void> {
  const mine = { id: job.id, runner: runner.name };
  const { count } = await prisma.job.updateMany({
    where: { ...mine, status: 'RUNNING' },
    data: { status: 'QUEUED', runner: null, heartbeatAt: null, progress: progressOf(job) },
  });
  if (count === 1) {
    log.info({ jobId: job.id, kind: job.record.kind }, 'job waits for the next start');
  } else {
    // Somebody cancelled the job at the same moment.
    const progress = job.meter.snapshot();
    await finishJobAlone(prisma, mine, { status: 'CANCELLED', progress });
  }
}
