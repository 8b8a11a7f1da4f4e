import type { WorkerAnswer, WorkerRequest } from './run-request.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import type { RunOptions, Workers } from './workers.ts';

interface WorkerProcessesOptions {
  /** The module of the processes. */
  filename: string;
  /** Bytes that one of them may have for itself. */
  memoryLimitBytes: number;
  idleTimeoutMs?: number;
}

/**
 * Processes of their own for what native code does with files of strangers. They start on demand, one at a time for one
 * task, and end half a minute after the last one.
 */
export function createWorkerProcesses({
  filename,
  memoryLimitBytes,
  idleTimeoutMs = 30_000,
}: WorkerProcessesOptions): Workers {
  const all = new Set<WorkerProcess>();
  const idle = new Map<WorkerProcess, NodeJS.Timeout>();

  /** Takes the one that worked last: its memory is warm, and the others come to their end. */
  function takeIdle(): WorkerProcess | undefined {
    const [worker, timer] = Array.from(idle).at(-1) ?? [];
    if (worker === undefined) return undefined;
    clearTimeout(timer);
    idle.delete(worker);
    return worker.hasEnded() ? takeIdle() : worker;
  }

  function end(worker: WorkerProcess): void {
    clearTimeout(idle.get(worker));
    idle.delete(worker);
    all.delete(worker);
    worker.end();
  }

  /** A process that ends before it takes its first task is not to blame on the task: the next one is tried. */
  async function takeReady(signal: AbortSignal): Promise<WorkerProcess> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      const known = takeIdle();
      if (known !== undefined) return known;
      const worker = startWorkerProcess(filename, memoryLimitBytes);
      all.add(worker);
      const stop = () => end(worker);
      signal.addEventListener('abort', stop, { once: true });
      try {
        await worker.ready;
        return worker;
      } catch (error) {
        all.delete(worker);
        if (attempt === maxAttempts || signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
  }

  return {
    async run(request: WorkerRequest, { signal, onStart }: RunOptions): Promise<WorkerAnswer> {
      const worker = await takeReady(signal);
      const stop = () => end(worker);
      signal.addEventListener('abort', stop, { once: true });
      try {
        signal.throwIfAborted();
        onStart?.();
        const { answer, isSpent } = await worker.ask(request);
        if (isSpent) end(worker);
        else idle.set(worker, setTimeout(() => end(worker), idleTimeoutMs).unref());
        return answer;
      } catch (error) {
        end(worker);
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    async close() {
      for (const worker of all) end(worker);
    },
  };
}

const maxAttempts = 3;
