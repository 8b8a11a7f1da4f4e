import { Piscina } from 'piscina';
import type { Logger } from 'pino';
import type { RunOptions, Workers } from './workers.ts';
import type { WorkerAnswer, WorkerRequest } from './run-request.ts';

interface WorkerThreadsOptions {
  /** The module of the threads. */
  filename: string;
  /** How many there are at most. */
  threads: number;
  log?: Pick<Logger, 'error'> | undefined;
}

const idleTimeoutMs = 60_000;

/** How long `close` waits for threads: one that a dead disk holds in a system call never ends. */
const closeMs = 2_000;

/** Threads of this process: they start on demand and end after a minute without work. */
export function createWorkerThreads({ filename, threads, log }: WorkerThreadsOptions): Workers {
  const piscina = new Piscina({
    filename,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleTimeoutMs,
    // Tasks make much short-lived garbage, of which each thread keeps 48 MB by default.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  // The error of a thread without a task: without a listener it would end the process.
  piscina.on('error', (error: unknown) => log?.error({ err: error }, 'a worker thread ended'));
  return {
    async run(request: WorkerRequest, { signal, transferList, onStart }: RunOptions) {
      onStart?.();
      return (await piscina.run(request, { signal, transferList })) as WorkerAnswer;
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const given = new Promise<void>((resolve) => (timer = setTimeout(resolve, closeMs)));
      await Promise.race([piscina.destroy(), given]);
      clearTimeout(timer);
    },
  };
}
