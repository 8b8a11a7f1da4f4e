import { LostTaskError } from '../../src/base/errors/domain-error.ts';
import { createWorkerPool, type WorkerPool } from '../../src/library/workers/worker-pool.ts';

/** The tests of a process share their threads and processes, which start slowly; they end with the process. */
export const sharedPool: WorkerPool = createWorkerPool();

/** Gives a pool with the workers of the shared one. Its end ends what it runs, and leaves the workers to others. */
export function borrowSharedPool(): WorkerPool {
  const end = new AbortController();
  let closing: NodeJS.Timeout | undefined;
  async function close(): Promise<void> {
    clearTimeout(closing);
    end.abort(LostTaskError.becauseWorkerEnded('the service stops'));
  }
  return {
    ...sharedPool,
    run: (name, input, { signal, ...options } = {}) =>
      sharedPool.run(name, input, {
        ...options,
        signal: signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]),
      }),
    closeWithin(graceMs) {
      closing ??= setTimeout(() => void close(), graceMs).unref();
    },
    close,
  };
}
