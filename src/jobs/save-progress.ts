import { isDeepStrictEqual } from 'node:util';
import type { Prisma, PrismaClient } from '../database/database.ts';
import { progressOf, type ActiveJob } from './active-job.ts';
import { JobStoppedError } from './job-errors.ts';
import { pause } from './pause.ts';
import type { Runner } from './runner.ts';

const intervalMs = 1_000;

interface SaveContext {
  prisma: PrismaClient;
  runner: Runner;
  log: { warn(fields: object, message: string): void };
}

/**
 * Writes a running job's progress and item errors once a second, as far as there are new ones. `stop` waits for the
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

async function saveUntil(stopped: AbortSignal, { prisma, runner, log }: SaveContext, job: ActiveJob): Promise<void> {
  let saved: Prisma.InputJsonObject = {};
  for (;;) {
    await pause(intervalMs, stopped);
    if (stopped.aborted) return;
    const itemErrors = job.itemErrors.drain();
    try {
      const progress = progressOf(job);
      if (itemErrors.length === 0 && isDeepStrictEqual(progress, saved)) continue;
      const { count } = await prisma.job.updateMany({ where: { id: job.id, runner: runner.name }, data: { progress } });
      if (count === 0) job.stop.abort(new JobStoppedError('TAKEN_OVER'));
      else if (itemErrors.length > 0) await prisma.jobItemError.createMany({ data: itemErrors });
      saved = progress;
    } catch (error) {
      job.itemErrors.restore(itemErrors);
      log.warn({ err: error, jobId: job.id }, 'job progress was not saved; it is tried again');
    }
  }
}
