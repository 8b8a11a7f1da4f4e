import { on } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { EncodedFolders } from './known-folders.ts';
import type { MatchPatterns } from '../../catalogue/match-patterns.ts';
import { decodeBatch, endOfWalk, type EncodedBatch, type WalkBatch } from './walk-batch.ts';
import type { WalkInput } from './walk-category.task.ts';
import { createWalkControl, type WalkControl } from './walk-control.ts';
import type { WalkSummary } from './walk-entries.ts';

/** What the walk needs of the worker pool. */
export interface WalkPool {
  run(name: 'walkCategory', input: WalkInput, options: { transferList: [MessagePort] }): Promise<WalkSummary>;
}

export interface WalkRequest extends MatchPatterns {
  pool: WalkPool;
  rootPath: string;
  startAt?: string;
  restMs?: number;
  maxPathBytes?: number;
  known?: EncodedFolders;
  limit?: number;
  signal: AbortSignal;
}

export interface Walk {
  /**
   * What the walk finds, in the order of `comparePaths`; iterate once. Throws the signal's reason as soon as it
   * aborts, and whatever the worker threw. Leaving the loop early stops the walk. The worker is blocked while nobody
   * iterates.
   */
  batches: AsyncIterable<WalkBatch>;
  /** Settles when the worker has ended: after the last batch, or soon after a stop, then with `cancelled`. */
  summary: Promise<WalkSummary>;
}

/** Starts to walk a category's root in a worker thread. */
export function startWalk({ pool, signal, ...request }: WalkRequest): Walk {
  const control = createWalkControl();
  const { port1: incoming, port2: port } = new MessageChannel();
  // Listening begins here: a port that is closed before the first iteration over the batches must end them too.
  const messages = on(incoming, 'message', { close: ['close'] });
  const end = () => {
    control.stop();
    incoming.close();
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();

  const input = { ...request, port, control: control.memory };
  const summary = pool
    .run('walkCategory', input, { transferList: [port] })
    .finally(() => signal.removeEventListener('abort', end));
  // A worker that failed sends no end. The failure itself is thrown by the batches and by the summary.
  summary.catch(end);
  return { batches: readBatches({ messages, control, end, signal, summary }), summary };
}

interface BatchReader extends Pick<WalkRequest, 'signal'>, Pick<Walk, 'summary'> {
  messages: AsyncIterable<unknown[]>;
  control: WalkControl;
  end: () => void;
}

async function* readBatches({ messages, control, end, signal, summary }: BatchReader): AsyncGenerator<WalkBatch> {
  try {
    for await (const [batch] of messages) {
      signal.throwIfAborted();
      if (batch === endOfWalk) break;
      control.acknowledge();
      yield decodeBatch(batch as EncodedBatch);
    }
    signal.throwIfAborted();
    await summary;
  } finally {
    end();
  }
}
