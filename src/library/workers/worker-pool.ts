import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import { Piscina } from 'piscina';
import type { Logger } from 'pino';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import { shareOnce } from '../../base/pictures/once-per-process.ts';
import type { WorkerAnswer, WorkerRequest } from './run-request.ts';
import { taskLimitsMs } from './task-limits.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

interface RunOptions {
  /** Ends the task when aborted: a queued one never starts, the thread of a running one is replaced. */
  signal?: AbortSignal;
  /** Ports and buffers inside the input that move to the worker. */
  transferList?: Parameters<Piscina['run']>[1] extends { transferList?: infer T } | undefined ? T : never;
}

/** The one pool of worker threads. Whatever burns CPU or blocks on the disk for long runs here. */
export interface WorkerPool {
  /**
   * Runs a task. Throws the task's error, LostTaskError where the thread ended or took too long, and the signal's reason.
   * A thread that was lost is replaced.
   */
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: RunOptions): Promise<TaskOutput<N>>;
  /** How many tasks can run side by side. */
  readonly threads: number;
  load(): { threads: number; busy: number; queued: number };
  close(): Promise<void>;
}

interface WorkerPoolOptions {
  log?: Pick<Logger, 'error'>;
  /** The module of the threads. */
  filename?: string;
  limitsMs?: Readonly<Record<TaskName, number>>;
}

const idleTimeoutMs = 60_000;

export function createWorkerPool({
  log,
  filename = workerEntry(),
  limitsMs = taskLimitsMs,
}: WorkerPoolOptions = {}): WorkerPool {
  const threads = Math.max(2, availableParallelism());
  shareOnce();
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
  // Tasks wait here and not in piscina: there, those without a signal would wait behind all that have one, a thread that
  // ends would not be replaced for those that wait, and the limit would include the waiting.
  const queue = new PQueue({ concurrency: threads });
  let isClosed = false;

  async function runNow(request: WorkerRequest, limitMs: number, { signal, transferList }: RunOptions) {
    signal?.throwIfAborted();
    if (isClosed) throw LostTaskError.becauseWorkerEnded('the service stops');
    const control = new AbortController();
    const stop = () => control.abort();
    signal?.addEventListener('abort', stop, { once: true });
    const timer = Number.isFinite(limitMs) ? setTimeout(stop, limitMs) : undefined;
    try {
      return (await piscina.run(request, { signal: control.signal, transferList })) as WorkerAnswer;
    } catch (error) {
      signal?.throwIfAborted();
      throw control.signal.aborted ? LostTaskError.becauseOfTime(limitMs) : LostTaskError.becauseWorkerEnded(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    threads,
    load: () => ({ threads, busy: queue.pending, queued: queue.size }),
    async run<N extends TaskName>(name: N, input: TaskInput<N>, options: RunOptions = {}) {
      const answer = await queue.add(() => runNow({ name, input }, limitsMs[name], options));
      if (!answer.ok) throw answer.error;
      return answer.output as TaskOutput<N>;
    },
    async close() {
      isClosed = true;
      await piscina.destroy();
    },
  };
}

/** dist/ holds a plain module; the sources need the entry that registers a TypeScript loader first. */
function workerEntry(): string {
  const entry = import.meta.url.endsWith('.ts') ? './worker.mjs' : './worker.js';
  return fileURLToPath(new URL(entry, import.meta.url));
}
