import { expect, it } from 'vitest';
import { JobLockedError, JobNotFoundError, JobNotRetryableError } from '../../../src/library/jobs/job-errors.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import type { JobsOfTest } from './jobs-of-test.ts';
import { createGate, createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

/** A kind of job whose items fail where `isBroken` says so. */
function registerHash(jobs: JobsOfTest, isBroken: (item: string) => boolean): void {
  jobs.register<{ items: string[] }, { hashed: string[] }>({
    kind: 'HASH',
    async run({ input, reportItemError }) {
      const [broken, hashed] = [input.items.filter(isBroken), input.items.filter((item) => !isBroken(item))];
      for (const item of [...broken, ...broken]) reportItemError({ item, code: 'UNREADABLE', message: 'unreadable' });
      return { hashed };
    },
    retryInput: (input, items) => ({ ...input, items }),
  });
}

describeOnEachDatabase('retrying a job', (open) => {
  const create = createTestJobs(open);

  it('runs the failed items only, each once, in a new job', async () => {
    const { jobs } = await create();
    let isRepaired = false;
    registerHash(jobs, (item) => !isRepaired && item !== 'good');
    const first = await jobs.start('HASH', { items: ['bad', 'good', 'worse'] }, { requestedBy: 'ada' });
    await jobs.waitFor(first.id);
    isRepaired = true;
    const second = await jobs.retry(first.id, { requestedBy: 'bob' });
    expect(second).toMatchObject({ kind: 'HASH', input: { items: ['bad', 'worse'] }, requestedBy: 'bob' });
    expect(second.id).not.toBe(first.id);
    expect(await jobs.waitFor(second.id)).toMatchObject({ status: 'SUCCEEDED', result: { hashed: ['bad', 'worse'] } });
    expect(await jobs.find(first.id)).toMatchObject({ status: 'SUCCEEDED_WITH_ERRORS' });
  });

  it('runs everything again where the kind has no retry of its own', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      run: async ({ reportItemError }) => reportItemError({ item: 'a', code: 'X', message: 'x' }),
    });
    const first = await jobs.start('HASH', { items: ['a', 'b'] });
    await jobs.waitFor(first.id);
    const second = await jobs.retry(first.id);
    expect(second.input).toEqual({ items: ['a', 'b'] });
    await jobs.waitFor(second.id);
  });

  it('runs everything again where the job failed or was cancelled', async () => {
    const { jobs } = await create();
    jobs.register<{ fail: boolean }, void>({
      kind: 'HASH',
      async run({ input, signal, reportItemError }) {
        reportItemError({ item: 'a', code: 'X', message: 'x' });
        if (input.fail) throw new Error('broken');
        await untilAborted(signal);
      },
      retryInput: () => ({ fail: true }),
    });
    const failed = await jobs.start('HASH', { fail: true });
    await jobs.waitFor(failed.id);
    expect(await jobs.retry(failed.id)).toMatchObject({ input: { fail: true } });

    const cancelled = await jobs.start('HASH', { fail: false });
    await waitUntil(jobs, cancelled.id, ({ status }) => status === 'RUNNING');
    await jobs.cancel(cancelled.id);
    await jobs.waitFor(cancelled.id);
    expect(await jobs.retry(cancelled.id)).toMatchObject({ input: { fail: false } });
  });

  it('needs the locks of the new job', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register<{ fail: boolean }, void>({
      kind: 'SCAN',
      locks: () => ['scan:movies'],
      async run({ input }) {
        if (input.fail) throw new Error('broken');
        await gate.passed;
      },
    });
    const failed = await jobs.start('SCAN', { fail: true });
    await jobs.waitFor(failed.id);
    const running = await jobs.start('SCAN', { fail: false });
    await expect(jobs.retry(failed.id)).rejects.toBeInstanceOf(JobLockedError);
    gate.open();
    await jobs.waitFor(running.id);
  });

  it('is refused where nothing failed, where it has not ended and where there is none', async () => {
    const { jobs } = await create();
    registerHash(jobs, () => false);
    const gate = createGate();
    jobs.register({ kind: 'SCAN', run: () => gate.passed });
    const succeeded = await jobs.start('HASH', { items: [] });
    await jobs.waitFor(succeeded.id);
    const running = await jobs.start('SCAN', {});
    for (const { id } of [succeeded, running]) {
      await expect(jobs.retry(id)).rejects.toBeInstanceOf(JobNotRetryableError);
    }
    await expect(jobs.retry('nothing')).rejects.toBeInstanceOf(JobNotFoundError);
    gate.open();
  });
});
