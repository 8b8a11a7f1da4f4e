import type { Piscina } from 'piscina';
import type { WorkerAnswer, WorkerRequest } from './run-request.ts';

export interface RunOptions {
  /** Ends the task, and the thread or process that runs it. */
  signal: AbortSignal;
  /** Ports and buffers inside the request that move to the worker; processes have none. */
  transferList?: TransferList | undefined;
  /** Called when a worker has the request: the start of a process is not a part of its task. */
  onStart?: () => void;
}

export type TransferList = Parameters<Piscina['run']>[1] extends { transferList?: infer T } | undefined ? T : never;

/** Threads or processes, one of which runs one task. Whoever uses them does not ask for more at once than there may be. */
export interface Workers {
  /** Rejects where the worker ended before it had answered, or the signal was aborted. */
  run(request: WorkerRequest, options: RunOptions): Promise<WorkerAnswer>;
  /** Ends them all, and whatever they do. */
  close(): Promise<void>;
}
