import { isDeepStrictEqual } from 'node:util';
import { isFinished, type JobKind, type JobRecord } from './job-record.ts';
import { pause } from '../../base/async/pause.ts';
import { pollMs, shortestGapMs, type JobSource } from './watch-job.ts';

export interface KindSource extends JobSource {
  /** The jobs of the kind, or of all kinds, that have not ended, or else the last one; oldest first. */
  readCurrent(kind: JobKind | null): Promise<JobRecord[]>;
  /** The jobs of the kind, or of all kinds, that have not ended, or ended since then; oldest first. */
  readRecent(kind: JobKind | null, since: Date): Promise<JobRecord[]>;
}

/** The clocks of two machines differ, and a job may end while it is being read. */
const clockToleranceMs = 10_000;

/**
 * Yields the current jobs of a kind, or of all kinds (the last one where all have ended), and then every one of them that changes,
 * until the signal is aborted. A slow consumer gets fewer and newer states; each job's final state is among them.
 */
export async function* watchKind<Kind extends JobKind>(
  source: KindSource,
  kind: Kind | null,
  signal: AbortSignal,
): AsyncGenerator<JobRecord<Kind>, void, void> {
  const changes = source.events.listen((change) => kind === null || change.kind === kind);
  try {
    let polledAt = Date.now();
    // This time is monotonic, so that a clock that is set back does not delay the next poll.
    let pollsAt = performance.now() + pollMs;
    const seen = new Map<string, JobRecord>();
    for (const record of await source.readRecent(kind, new Date(polledAt - clockToleranceMs)))
      seen.set(record.id, record);
    const current = await source.readCurrent(kind);
    for (const { id } of current) seen.delete(id);
    let changed = new Set(current.map(({ id }) => id));
    while (!signal.aborted) {
      for (const id of changed) {
        const record = kind === null ? await source.read<Kind>(id) : await source.read({ id, kind });
        if (record === null || isDeepStrictEqual(seen.get(id), record)) continue;
        seen.set(id, record);
        yield record;
        await pause(shortestGapMs, signal);
        if (signal.aborted) return;
      }
      changed = await changes.next(pollMs, signal);
      if (performance.now() < pollsAt) continue;
      pollsAt = performance.now() + pollMs;
      const since = new Date(Math.min(polledAt, Date.now()) - clockToleranceMs);
      polledAt = Date.now();
      const recent = await source.readRecent(kind, since);
      for (const record of recent) if (!isDeepStrictEqual(seen.get(record.id), record)) changed.add(record.id);
      forgetFinished(seen, since);
    }
  } finally {
    changes.close();
  }
}

/** Forgets the jobs that readRecent will not return again. */
function forgetFinished(seen: Map<string, JobRecord>, since: Date): void {
  for (const [id, record] of seen) {
    if (isFinished(record) && record.finishedAt !== null && record.finishedAt < since) seen.delete(id);
  }
}
