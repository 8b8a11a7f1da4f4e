import { AsyncResource } from 'node:async_hooks';
import PQueue from 'p-queue';
import type { JobObserver } from '../../base/observability/observe.ts';
import type { ActiveJob, JobsDatabase } from './active-job.ts';
import { JobStoppedError } from './job-errors.ts';
import type { JobEvents } from './job-events.ts';
import type { JobHandler, JobLane } from './job-handler.ts';
import type { JobKind } from './job-record.ts';
import { pause } from '../../base/async/pause.ts';
import { runJob, type JobsLog } from './run-job.ts';
import { isRunnerAlive, type Runner, type RunnerTrace } from './runner.ts';

interface JobQueueOptions {
  database: JobsDatabase;
  runner: Runner;
  log: JobsLog;
  events: JobEvents;
  observer: JobObserver | undefined;
  handlerOf: (kind: JobKind) => JobHandler;
  /** How many jobs of a lane run side by side. */
  concurrency: number;
}

/** The jobs of this process, run in the order in which they came, a few of each lane at a time. */
export interface JobQueue {
  readonly active: Map<string, ActiveJob>;
  /** Runs the job, whose row names this runner, as soon as there is room. */
  add(job: ActiveJob): void;
  /** Removes a waiting job; aborts the signal of a running one. */
  stop: (job: ActiveJob, reason: JobStoppedError) => void;
  /** Whether a living process, this or another, has the job of that row. */
  isAlive: (job: RunnerTrace & { id: string }) => boolean;
  /** Begins no more jobs, stops the running ones and releases all of them, for the process that starts next. */
  close(graceMs: number): Promise<void>;
}

/** SQLite takes this thread for the statements of a job: whoever started one, and waits, is answered before its first. */
const answerFirstMs = 10;

export function createJobQueue(options: JobQueueOptions): JobQueue {
  const { database, runner, log, events, handlerOf, concurrency, observer } = options;
  const { prisma } = database;
  const active = new Map<string, ActiveJob>();
  const lanes: Record<JobLane, PQueue> = { LONG: new PQueue({ concurrency }), PROMPT: new PQueue({ concurrency }) };
  const queues = Object.values(lanes);
  const publish = ({ id, record }: ActiveJob, isFinal = false): void => {
    events.publish({ id, kind: record.kind, isFinal });
  };

  async function run(job: ActiveJob): Promise<void> {
    const { id, record } = job;
    try {
      await runJob(
        { database, runner, log, observer, publish: (changed) => publish(changed) },
        handlerOf(record.kind),
        job,
      );
    } catch (error) {
      // The job's row still names this runner, which does not have it any more: the next recovery takes it up.
      log.error({ err: error, jobId: id, kind: record.kind }, 'job could not be stored; it will be run again');
    } finally {
      if (active.get(id) === job) active.delete(id);
      publish(job, true);
    }
  }

  function stop(job: ActiveJob, reason: JobStoppedError): void {
    job.stop.abort(reason);
    if (job.record.status === 'QUEUED') active.delete(job.id);
    else if (reason.why === 'CANCELLED') job.record = { ...job.record, status: 'CANCELLING' };
    publish(job);
  }

  return {
    active,
    add(job) {
      active.set(job.id, job);
      publish(job);
      // The job's async context is that of whoever started it, not of the job that happened to make room.
      const begin = AsyncResource.bind(() => run(job));
      const lane = handlerOf(job.record.kind).lane ?? 'LONG';
      void lanes[lane].add(async () => {
        if (lane === 'PROMPT') await pause(answerFirstMs, job.stop.signal);
        await begin();
      });
    },
    stop,
    isAlive: (job) => (job.runner === runner.name ? active.has(job.id) : isRunnerAlive(job)),
    async close(graceMs) {
      for (const queue of queues) queue.pause();
      for (const job of active.values()) stop(job, new JobStoppedError('CLOSING'));
      await waitForRunning(queues, graceMs);
      if (queues.some(({ pending }) => pending > 0))
        log.warn({ jobs: [...active.keys()] }, 'jobs did not stop in time and are left as they are');
      await prisma.job.updateMany({
        where: { runner: runner.name, status: { in: ['QUEUED', 'RUNNING'] } },
        data: { status: 'QUEUED', runner: null, heartbeatAt: null },
      });
    },
  };
}

async function waitForRunning(queues: readonly PQueue[], graceMs: number): Promise<void> {
  const idle = new AbortController();
  void Promise.all(queues.map((queue) => queue.onPendingZero())).then(() => idle.abort());
  await pause(graceMs, idle.signal);
}
