import type { IdentifyInput } from './identify-files.task.ts';

/** What reading files takes of the worker pool. */
export interface IdentifyPool {
  run(name: 'identifyFiles', input: IdentifyInput): Promise<(string | null)[]>;
}

/** A task holds its thread: this many are read soon, also from a disk that seeks. */
const filesPerTask = 500;
const tasksAtOnce = 2;

/** What each file is known by, in their order, read by several threads. Throws the signal's reason when it aborts. */
export async function identifyInPool(
  pool: IdentifyPool,
  files: IdentifyInput['files'],
  by: IdentifyInput['by'],
  signal: AbortSignal,
): Promise<(string | null)[]> {
  const size = by === 'fingerprint' ? filesPerTask : 1;
  const results: (string | null)[] = Array.from({ length: files.length }, () => null);
  let next = 0;
  async function work(): Promise<void> {
    while (next < files.length) {
      signal.throwIfAborted();
      const start = next;
      next += size;
      const answers = await pool.run('identifyFiles', { files: files.slice(start, start + size), by });
      answers.forEach((answer, index) => (results[start + index] = answer));
    }
  }
  await Promise.all(Array.from({ length: tasksAtOnce }, work));
  return results;
}
