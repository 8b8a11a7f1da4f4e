import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { giveWay } from './give-way.ts';
import type { WorkerAnswer, WorkerRequest } from './run-request.ts';

/** What a process sends: that it takes requests, its answer to one, or what ended it. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'answer'; answer: WorkerAnswer; isSpent: boolean }
  | { kind: 'failed'; reason: string };

type Answered = Extract<WorkerMessage, { kind: 'answer' }>;

export interface WorkerProcess {
  /** Resolves when it takes requests; rejects where it ended before. */
  readonly ready: Promise<void>;
  /** Sends a request, of which there is one at a time. Rejects where the process ended before it had answered. */
  ask(request: WorkerRequest): Promise<Pick<Answered, 'answer' | 'isSpent'>>;
  hasEnded(): boolean;
  /** Ends it at once, whatever it does, and does not wait for that: a dead disk may hold it. */
  end(): void;
}

/** Starts a process that runs the module `filename`. It holds this one only while it has something to do. */
export function startWorkerProcess(filename: string, memoryLimitBytes: number): WorkerProcess {
  const child = spawnNode(filename, memoryLimitBytes);
  let waiting: PromiseWithResolvers | undefined;
  let reason: string | undefined;
  let hasEnded = false;

  function wait<T>(): Promise<T> {
    hold(child);
    return new Promise<T>((resolve, reject) => {
      waiting = { resolve, reject };
    });
  }

  function settle(how: (waited: PromiseWithResolvers) => void): void {
    const waited = waiting;
    waiting = undefined;
    release(child);
    if (waited !== undefined) how(waited);
  }

  function ended(why: string): void {
    hasEnded = true;
    settle(({ reject }) => reject(new Error(reason ?? why)));
  }

  child.on('message', (message: WorkerMessage) => {
    if (message.kind === 'failed') reason = message.reason;
    else settle(({ resolve }) => resolve(message as never));
  });
  child.on('error', (error) => ended(error.message));
  child.on('exit', (code, signal) =>
    ended(signal === null ? `worker exited with code: ${code}` : `worker was ended by ${signal}`),
  );

  function end(why: string): void {
    child.kill('SIGKILL');
    ended(why);
  }

  const startLimit = setTimeout(() => end(`worker did not start within ${maxStartMs / 1000} seconds`), maxStartMs);
  const ready = wait<void>().finally(() => clearTimeout(startLimit));
  // Nobody may be waiting when it ends.
  ready.catch(() => undefined);
  return {
    ready,
    ask(request) {
      const answered = wait<Answered>();
      child.send(request, (error) => {
        if (error !== null) settle(({ reject }) => reject(error));
      });
      return answered;
    },
    hasEnded: () => hasEnded,
    end: () => end('worker was ended'),
  };
}

/** It takes a tenth of a second, or many where a machine does something else with its whole strength. */
const maxStartMs = 60_000;

interface PromiseWithResolvers {
  resolve(value: never): void;
  reject(error: Error): void;
}

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

/** An idle process keeps neither this one nor itself alive. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

/**
 * The kernel holds the limits, through a shell that becomes the process: the memory that it may have for itself, and two
 * hours of CPU, for one whose parent was killed while it could not notice. Where memory runs out all the same, as in a
 * container, the kernel ends such a process first.
 */
const limits = '{ ulimit -d "$1"; ulimit -t 7200; echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; shift; exec "$@"';

function spawnNode(filename: string, memoryLimitBytes: number): ChildProcess {
  // Most of its memory is outside of the heap, in the buffers of decoders.
  const command = [process.execPath, '--max-semi-space-size=4', filename];
  const options: SpawnOptions = {
    // Only native code writes there, where it ends the process.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // With more arenas glibc keeps more memory; a decoder in one thread needs no more of them.
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  };
  if (process.platform !== 'linux') return spawn(process.execPath, command.slice(1), options);
  const kibibytes = String(Math.ceil(memoryLimitBytes / 1024));
  const child = spawn('/bin/sh', ['-c', limits, 'sh', kibibytes, ...command], options);
  if (child.pid !== undefined) giveWay(child.pid);
  return child;
}
