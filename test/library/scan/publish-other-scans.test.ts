import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { MediaChange } from '../../../src/library/catalogue/changes/gathered-changes.ts';
import { publishOtherScans } from '../../../src/library/scan/publish-other-scans.ts';

it('goes on telling what other processes scan after the database was away', async () => {
  const told: MediaChange[] = [];
  const log = { error: vi.fn<() => void>() };
  let attempts = 0;
  async function* watchKind(_kind: string, signal: AbortSignal) {
    attempts += 1;
    if (attempts < 3) throw new Error('the database is away');
    const now = new Date(Date.now() + 1_000);
    yield {
      id: 'a',
      status: 'SUCCEEDED',
      startedAt: now,
      finishedAt: now,
      input: { categories: ['photos'], dryRun: false },
    };
    if (!signal.aborted) await once(signal, 'abort');
  }
  const following = publishOtherScans({
    database: { provider: 'sqlite', read: async () => [{ id: 7, is_new: 1 }] } as never,
    jobs: { watchKind } as never,
    events: { publish: (change) => void told.push(change), isHeard: () => true },
    ranHere: () => false,
    log,
    retryMs: 1,
  });
  onTestFinished(() => following.close());
  await expect.poll(() => told).toEqual([{ category: 'photos', added: [7], updated: [] }]);
  expect(log.error).toHaveBeenCalledTimes(2);
});
