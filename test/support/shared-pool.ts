import { createWorkerPool, type WorkerPool } from '../../src/library/workers/worker-pool.ts';

/** The tests of a process share their threads, which start slowly; they end with the process. */
export const sharedPool: WorkerPool = createWorkerPool();
