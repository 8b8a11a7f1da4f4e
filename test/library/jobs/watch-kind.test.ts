import { expect, it } from 'vitest';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

/** Takes states until one is as wanted, and gives all that came. */
async function takeUntil(
  states: AsyncIterator<JobRecord, void, void>,
  isWanted: (job: JobRecord) => boolean,
): Promise<JobRecord[]> {
  const received: JobRecord[] = [];
  for (;;) {
    const step = await states.next();
    if (step.done === true) throw new Error('the states ended before the one that was waited for');
    received.push(step.value);
    if (isWanted(step.value)) return received;
  }
}

const isEnd = (id: string) => (job: JobRecord) => job.id === id && job.finishedAt !== null;

describeOnEachDatabase('watching a kind of job', (open) => {
  const create = createTestJobs(open);

  it('begins with the last job where none is at work, and goes on with the next ones up to their ends', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'SCAN', run: async ({ progress }) => progress.advance({ done: 1 }) });
    jobs.register({ kind: 'HASH', run: async () => undefined });
    const older = await jobs.start('SCAN', {});
    await jobs.waitFor(older.id);
    const last = await jobs.start('SCAN', {});
    const lastEnded = await jobs.waitFor(last.id);

    const states = jobs.watchKind('SCAN');
    expect(await states.next()).toEqual({ done: false, value: lastEnded });
    const other = await jobs.start('HASH', {});
    await jobs.waitFor(other.id);
    for (let n = 0; n < 2; n += 1) {
      const next = await jobs.start('SCAN', {});
      const received = await takeUntil(states, isEnd(next.id));
      expect(new Set(received.map(({ id }) => id))).toEqual(new Set([next.id]));
    }
    await states.return?.();
  });

  it('or all kinds tells of each job up to its end, and begins with those that are at work', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({ kind: 'SCAN', run: () => gate.passed });
    jobs.register({ kind: 'HASH', run: async () => undefined });
    const scan = await jobs.start('SCAN', {});
    await waitUntil(jobs, scan.id, ({ status }) => status === 'RUNNING');
    const states = jobs.watchAll();
    expect(await states.next()).toMatchObject({ value: { id: scan.id, kind: 'SCAN', status: 'RUNNING' } });
    const hash = await jobs.start('HASH', {});
    expect((await takeUntil(states, isEnd(hash.id))).at(-1)).toMatchObject({ kind: 'HASH', status: 'SUCCEEDED' });
    gate.open();
    expect((await takeUntil(states, isEnd(scan.id))).at(-1)).toMatchObject({ kind: 'SCAN', status: 'SUCCEEDED' });
    await states.return?.();
  });

  it('begins with all jobs of the kind that are at work', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({ kind: 'SCAN', run: () => gate.passed });
    const [first, second] = [await jobs.start('SCAN', {}), await jobs.start('SCAN', {})];
    for (const { id } of [first, second]) await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    const states = jobs.watchKind('SCAN');
    expect(await states.next()).toMatchObject({ value: { id: first.id, status: 'RUNNING' } });
    expect(await states.next()).toMatchObject({ value: { id: second.id, status: 'RUNNING' } });
    gate.open();
    const ended = new Set<string>();
    await takeUntil(states, (job) => {
      if (job.status === 'SUCCEEDED') ended.add(job.id);
      return ended.size === 2;
    });
    await states.return?.();
  });

  it('sees the jobs of other processes, also those that began after it', async () => {
    const [here, there] = [await create(), await create()];
    there.jobs.register({ kind: 'SCAN', run: async () => ({ scanned: 1 }) });
    const states = here.jobs.watchKind('SCAN');
    const waiting = takeUntil(states, (job) => job.status === 'SUCCEEDED');
    const { id } = await there.jobs.start('SCAN', {});
    expect((await waiting).at(-1)).toMatchObject({ id, result: { scanned: 1 } });
    await states.return?.();
  });

  it('waits where there was never one, until its signal', async () => {
    const { jobs } = await create();
    const client = new AbortController();
    const waiting = jobs.watchKind('SCAN', client.signal).next();
    client.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('ends when the service stops', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'SCAN', run: ({ signal }) => untilAborted(signal) });
    await jobs.start('SCAN', {});
    const states = jobs.watchKind('SCAN');
    await states.next();
    const rest = takeUntil(states, () => false).catch((error: unknown) => error);
    await jobs.close({ graceMs: 1_000 });
    expect(await rest).toEqual(new Error('the states ended before the one that was waited for'));
  });
});
