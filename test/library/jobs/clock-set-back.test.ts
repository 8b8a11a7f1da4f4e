import { expect, it, vi } from 'vitest';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createTestJobs } from './test-jobs.ts';

describeOnEachDatabase('while the clock is set back by an hour', (open) => {
  const create = createTestJobs(open);

  it('the jobs of other processes are still seen', async () => {
    const [here, there] = [await create(), await create()];
    there.jobs.register({ kind: 'SCAN', run: async () => ({ scanned: 1 }) });
    const states = here.jobs.watchKind('SCAN');
    const seen: JobRecord[] = [];
    const watching = (async () => {
      for await (const state of states) seen.push(state);
    })();
    const first = await there.jobs.start('SCAN', {});
    await expect.poll(() => seen.at(-1)).toMatchObject({ id: first.id, status: 'SUCCEEDED' });
    vi.useFakeTimers({ now: Date.now() - 3_600_000, toFake: ['Date'] });
    const second = await there.jobs.start('SCAN', {});
    await there.jobs.waitFor(second.id);
    await expect.poll(() => seen.at(-1)).toMatchObject({ id: second.id, status: 'SUCCEEDED' });
    vi.useRealTimers();
    await states.return?.();
    await watching;
  });
});
