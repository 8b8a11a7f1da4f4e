import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';
import type { WorkerRequest } from './worker.ts';

interface RunOptions {
  /** Ends the task: a queued one never starts, the thread of a running one is replaced. */
  signal?: AbortSignal;
  /** Ports and buffers inside the input that move to the worker. */
  transferList?: Parameters<Piscina['run']>[1] extends { transferList?: infer T } | undefined ? T : never;
}

/** The one pool of worker threads. Whatever burns CPU or blocks on the disk for long runs here. */
export interface WorkerPool {
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: RunOptions): Promise<TaskOutput<N>>;
  /** How many tasks can run side by side. */
  readonly threads: number;
  close(): Promise<void>;
}

const idleTimeoutMs = 60_000;

export function createWorkerPool(): WorkerPool {
  const threads = Math.max(2, availableParallelism());
  const piscina = new Piscina({
    filename: workerEntry(),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleTimeoutMs,
    // Tasks make much short-lived garbage; by default each thread lets 48 MB of it lie.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  return {
    threads,
    async run<N extends TaskName>(name: N, input: TaskInput<N>, options: RunOptions = {}) {
      const request: WorkerRequest<N> = { name, input };
      return (await piscina.run(request, options)) as TaskOutput<N>;
    },
    close: () => piscina.destroy(),
  };
}

/** dist/ holds a plain module; the sources need the entry that registers a TypeScript loader first. */
function workerEntry(): string {
  const entry = import.meta.url.endsWith('.ts') ? './worker.mjs' : './worker.js';
  return fileURLToPath(new URL(entry, import.meta.url));
}
