import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { defaultMaxPixels } from '../../base/config/defaults.ts';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import type { WorkerRequest } from './run-request.ts';
import { taskLimitsMs } from './task-limits.ts';
import { tasksInProcesses, type TaskInput, type TaskName, type TaskOutput } from './tasks.ts';
import { createWorkerProcesses } from './worker-processes.ts';
import { createWorkerThreads } from './worker-threads.ts';
import type { TransferList, Workers } from './workers.ts';

interface RunOptions {
  /** Ends the task when aborted: a queued one never starts, the worker of a running one is replaced. */
  signal?: AbortSignal;
  /** Ports and buffers inside the input that move to the thread. */
  transferList?: TransferList;
}

/**
 * The one pool of workers: threads for whatever burns CPU or blocks on the disk for long, and processes for what decodes
 * pictures (`tasksInProcesses`).
 */
export interface WorkerPool {
  /**
   * Runs a task. Throws the task's error, LostTaskError where the worker ended or took too long, and the signal's reason.
   * A worker that was lost is replaced.
   */
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: RunOptions): Promise<TaskOutput<N>>;
  /** How many tasks can run side by side: so many in threads, and so many in processes. */
  readonly threads: number;
  load(): { threads: number; busy: number; queued: number };
  /** Closes it after that time, once, however often it is called: nobody waits longer for what its tasks do. */
  closeWithin(graceMs: number): void;
  /** Ends all tasks, those that wait too. */
  close(): Promise<void>;
}

interface WorkerPoolOptions {
  log?: Pick<Logger, 'error'>;
  /** The module of the threads and processes. */
  filename?: string;
  limitsMs?: Readonly<Record<TaskName, number>>;
  /** Pixels of the largest picture that is decoded: the memory of a process is limited by it. */
  maxPixels?: number;
}

export function createWorkerPool({
  log,
  filename = workerEntry(),
  limitsMs = taskLimitsMs,
  maxPixels = defaultMaxPixels,
}: WorkerPoolOptions = {}): WorkerPool {
  const threads = Math.max(2, availableParallelism());
  const memoryLimitBytes = baseMemoryBytes + maxPixels * memoryPerPixel;
  const inThreads = withQueue(createWorkerThreads({ filename, threads, log }), threads);
  const inProcesses = withQueue(createWorkerProcesses({ filename, memoryLimitBytes }), threads);
  let isClosed = false;
  let closing: NodeJS.Timeout | undefined;

  async function close(): Promise<void> {
    isClosed = true;
    clearTimeout(closing);
    await Promise.all([inThreads.workers.close(), inProcesses.workers.close()]);
  }

  async function runNow(
    workers: Workers,
    request: WorkerRequest,
    limitMs: number,
    { signal, transferList }: RunOptions,
  ) {
    signal?.throwIfAborted();
    if (isClosed) throw LostTaskError.becauseWorkerEnded('the service stops');
    const control = new AbortController();
    const stop = () => control.abort();
    signal?.addEventListener('abort', stop, { once: true });
    let timer: NodeJS.Timeout | undefined;
    const onStart = () => {
      if (Number.isFinite(limitMs)) timer = setTimeout(stop, limitMs);
    };
    try {
      return await workers.run(request, { signal: control.signal, transferList, onStart });
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
    load: () => ({
      threads: 2 * threads,
      busy: inThreads.queue.pending + inProcesses.queue.pending,
      queued: inThreads.queue.size + inProcesses.queue.size,
    }),
    async run<N extends TaskName>(name: N, input: TaskInput<N>, options: RunOptions = {}) {
      const { workers, queue } = isInProcess(name) ? inProcesses : inThreads;
      const answer = await queue.add(() => runNow(workers, { name, input }, limitsMs[name], options));
      if (!answer.ok) throw answer.error;
      return answer.output as TaskOutput<N>;
    },
    closeWithin(graceMs) {
      closing ??= setTimeout(() => void close(), graceMs).unref();
    },
    close,
  };
}

/** Node with libvips, and what decoders keep of each pixel: four bytes twice, where they cannot work in lines. */
const baseMemoryBytes = 2 ** 30;
const memoryPerPixel = 16;

/**
 * Tasks wait here and not in piscina: there, those without a signal would wait behind all that have one, a thread that
 * ends would not be replaced for those that wait, and the limit would include the waiting.
 */
function withQueue(workers: Workers, concurrency: number): { workers: Workers; queue: PQueue } {
  return { workers, queue: new PQueue({ concurrency }) };
}

function isInProcess(name: TaskName): boolean {
  return (tasksInProcesses as readonly TaskName[]).includes(name);
}

/** dist/ holds a plain module; the sources need the entry that registers a TypeScript loader first. */
function workerEntry(): string {
  const entry = import.meta.url.endsWith('.ts') ? './worker.mjs' : './worker.js';
  return fileURLToPath(new URL(entry, import.meta.url));
}
