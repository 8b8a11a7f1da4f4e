import { isDeepStrictEqual } from 'node:util';
import { JobNotFoundError } from './job-errors.ts';
import type { JobEvents } from './job-events.ts';
import type { JobReader } from './job-reader.ts';
import { isFinished, type JobKind, type JobRecord, type JobRef } from './job-record.ts';
import { pause } from '../../base/async/pause.ts';

/** Shortest time between two states, five a second at most; the final one does not wait. */
export const shortestGapMs = 200;
/** Changes in another process send no event: they are polled for. */
export const pollMs = 1_000;

export interface JobSource {
  events: JobEvents;
  read: JobReader['read'];
}

/**
 * Yields the state of one job now, and then whenever it has changed, up to its final state. A slow consumer gets fewer
 * and newer states. Throws JobNotFoundError.
 */
export async function* watchJob<Kind extends JobKind>(
  { events, read }: JobSource,
  job: JobRef<Kind>,
  signal: AbortSignal,
): AsyncGenerator<JobRecord<Kind>, void, void> {
  const id = typeof job === 'string' ? job : job.id;
  const changes = events.listen((change) => change.id === id);
  try {
    let last: JobRecord<Kind> | null = null;
    while (!signal.aborted) {
      const record = await read(job);
      if (record === null) throw new JobNotFoundError(id);
      if (!isDeepStrictEqual(record, last)) {
        const sentAt = performance.now();
        yield record;
        if (isFinished(record)) return;
        last = record;
        await pause(sentAt + shortestGapMs - performance.now(), signal, changes.ended);
      }
      await changes.next(pollMs, signal);
    }
  } finally {
    changes.close();
  }
}
