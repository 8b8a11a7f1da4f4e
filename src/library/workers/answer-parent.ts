import { isMainThread } from 'node:worker_threads';
import type { WorkerAnswer, WorkerRequest } from './run-request.ts';
import type { WorkerMessage } from './worker-process.ts';

/**
 * Where this is a process of the pool, takes its requests and sends the answers. In a thread it does nothing, since
 * piscina calls the module's default export itself.
 */
export function answerParent(answer: (request: WorkerRequest) => Promise<WorkerAnswer>): void {
  if (!isMainThread || process.send === undefined) return;
  // Ctrl-C and systemd reach all processes of the service; this one ends when its parent has no more need of it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', end);
  process.on('uncaughtException', (error) => {
    send({ kind: 'failed', reason: error.message }, end);
  });
  process.on('message', (request: WorkerRequest) => {
    void answer(request).then((answered) => send({ kind: 'answer', answer: answered, isSpent: isSpent() }));
  });
  send({ kind: 'ready' });
}

/** An orderly exit would wait for the native code that is at work. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

function send(message: WorkerMessage, sent?: () => void): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) end();
    sent?.();
  });
}

const maxCpuMicroseconds = 1800 * 1e6;
const maxResidentBytes = 384 * 2 ** 20;

/** Whether another process had better take its place: it holds on to memory, or comes near to its limit of CPU. */
function isSpent(): boolean {
  const { user, system } = process.cpuUsage();
  return user + system > maxCpuMicroseconds || process.memoryUsage.rss() > maxResidentBytes;
}
