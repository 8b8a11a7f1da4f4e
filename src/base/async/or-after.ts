import { setTimeout } from 'node:timers/promises';

/**
 * Settles as the work does, or with `late` once that time is over. The work itself goes on: what waits for a share whose
 * server is gone cannot be ended, and may never answer. The timer keeps no process alive.
 */
export async function orAfter<Result, Late>(work: Promise<Result>, ms: number, late: Late): Promise<Result | Late> {
  const settled = new AbortController();
  const timer = setTimeout(ms, late, { signal: settled.signal, ref: false }).catch(() => late);
  return Promise.race([work, timer]).finally(() => settled.abort());
}
