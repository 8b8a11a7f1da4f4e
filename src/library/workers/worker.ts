// The entry of a worker, be it a thread or a process: runs one task of the map at a time.
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { answerParent } from './answer-parent.ts';
import { giveWay } from './give-way.ts';
import { runRequest, type WorkerAnswer, type WorkerRequest } from './run-request.ts';
import { tasks } from './tasks.ts';

if (!isMainThread) yieldToTheMainThread();
answerParent(answer);

export default function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  return runRequest(tasks, request);
}

/**
 * Linux gives each thread a priority of its own: with a low one here, the main loop answers requests while the
 * pool is busy (p99 delay 4.65 ms before, 1.51 ms after, at the same throughput).
 */
function yieldToTheMainThread(): void {
  if (process.platform !== 'linux') return;
  giveWay(Number(basename(readlinkSync('/proc/thread-self'))));
}
