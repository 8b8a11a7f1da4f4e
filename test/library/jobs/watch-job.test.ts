import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { JobNotFoundError } from '../../../src/library/jobs/job-errors.ts';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

/** What was received, and when. */
async function collect(states: AsyncIterable<JobRecord>): Promise<{ job: JobRecord; at: number }[]> {
  const received: { job: JobRecord; at: number }[] = [];
  for await (const job of states) received.push({ job, at: performance.now() });
  return received;
}

describeOnEachDatabase('watching a job', (open) => {
  const create = createTestJobs(open);

  it('gives the current state first, then at most five a second, and the final one last', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ progress }) {
        progress.start({ total: 500 });
        for (let n = 0; n < 500; n += 1) {
          progress.advance({ done: 1 });
          await sleep(2);
        }
      },
    });
    const { id } = await jobs.start('HASH', {});
    const received = await collect(jobs.watch(id));
    expect(received[0]?.job.progress.done).toBeLessThan(100);
    expect(received.length).toBeGreaterThan(3);
    // The final state is news that does not wait.
    const gaps = received.slice(1, -1).map(({ at }, index) => at - (received[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(195);
    const done = received.map(({ job }) => job.progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(received.at(-1)?.job).toEqual(await jobs.find(id));
    expect(received.at(-1)?.job).toMatchObject({ status: 'SUCCEEDED', progress: { done: 500 } });
  });

  it('gives a slow consumer the newest state, not those that it missed', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({
      kind: 'HASH',
      async run({ progress }) {
        progress.advance({ done: 1 });
        await gate.passed;
        for (let n = 0; n < 9; n += 1) {
          progress.advance({ done: 1 });
          await sleep(20);
        }
      },
    });
    const { id } = await jobs.start('HASH', {});
    await waitUntil(jobs, id, ({ progress }) => progress.done === 1);
    const states = jobs.watch(id);
    await states.next();
    gate.open();
    await jobs.waitFor(id);
    expect(await states.next()).toMatchObject({ value: { status: 'SUCCEEDED', progress: { done: 10 } } });
    expect(await states.next()).toMatchObject({ done: true });
  });

  it('gives the final state alone of a job that has ended, also after a restart', async () => {
    const before = await create();
    before.jobs.register({ kind: 'HASH', run: async () => ({ hashed: 1 }) });
    const { id } = await before.jobs.start('HASH', {});
    await before.jobs.waitFor(id);
    await before.jobs.close({ graceMs: 0 });
    const { jobs } = await create();
    const received = await collect(jobs.watch(id));
    expect(received.map(({ job }) => job)).toMatchObject([{ status: 'SUCCEEDED', result: { hashed: 1 } }]);
  });

  it('follows a job of another process', async () => {
    const [here, there] = [await create(), await create()];
    const gate = createGate();
    there.jobs.register({
      kind: 'HASH',
      async run({ progress }) {
        progress.advance({ done: 3 });
        await gate.passed;
      },
    });
    const { id } = await there.jobs.start('HASH', {});
    await waitUntil(here.jobs, id, ({ status, progress }) => status === 'RUNNING' && progress.done === 3);
    gate.open();
    expect(await here.jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED', progress: { done: 3 } });
  });

  it('ends with its signal, with the consumer and with the service, and leaves no listener', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'SCAN', run: ({ signal }) => untilAborted(signal) });
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    const client = new AbortController();
    const bySignal = collect(jobs.watch(id, client.signal));
    const byService = collect(jobs.watch(id));
    const byConsumer = jobs.watch(id, client.signal);
    await byConsumer.next();
    const waiting = byConsumer.next();
    await byConsumer.return?.();
    expect(await waiting).toMatchObject({ done: true });
    client.abort();
    expect((await bySignal).at(-1)?.job.status).toBe('RUNNING');
    expect(getEventListeners(client.signal, 'abort')).toEqual([]);
    await jobs.close({ graceMs: 1_000 });
    expect((await byService).at(-1)?.job.status).toBe('RUNNING');
  });

  it('fails for a job that does not exist', async () => {
    const { jobs } = await create();
    await expect(jobs.watch('nothing').next()).rejects.toBeInstanceOf(JobNotFoundError);
  });
});
