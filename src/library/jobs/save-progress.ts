import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '../../base/database/database.ts';
import { type ActiveJob, type JobsDatabase, progressOf } from './active-job.ts';
import { JobStoppedError } from './job-errors.ts';
import { flushItemErrors } from './job-item-errors.ts';
import { pause } from '../../base/async/pause.ts';
import type { Runner } from './runner.ts';

const intervalMs = 1_000;

interface SaveContext {
  database: JobsDatabase;
  runner: Runner;
  log: { warn(fields: object, message: string): void };
}

/**
 * Writes a running job's progress and item errors once a second, if they have changed. `stop` waits for the
 * write that is under way; what is left is written with the job's end.
 */
export function saveRegularly(context: SaveContext, job: ActiveJob): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const saving = saveUntil(stopped.signal, context, job);
  return {
    async stop() {
      stopped.abort();
      await saving;
    },
  };
}

async function saveUntil(stopped: AbortSignal, { database, runner, log }: SaveContext, job: ActiveJob): Promise<void> {
  let saved: Prisma.InputJsonObject = {};
  for (;;) {
    await pause(intervalMs, stopped);
    if (stopped.aborted) return;
    try {
      const mine = { id: job.id, runner: runner.name };
      let isMine = await flushItemErrors(database, mine, job.itemErrors);
      const progress = progressOf(job);
      if (!isDeepStrictEqual(progress, saved)) {
        const { count } = await database.prisma.job.updateMany({ where: mine, data: { progress } });
        isMine &&= count === 1;
      }
      if (!isMine) job.stop.abort(new JobStoppedError('TAKEN_OVER'));
      saved = progress;
    } catch (error) {
      log.warn({ err: error, jobId: job.id }, 'job progress was not saved; it is tried again');
    }
  }
}
