import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { JobFinishedError, JobNotFoundError, JobStoppedError } from '../../../src/library/jobs/job-errors.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import type { JobsOfTest } from './jobs-of-test.ts';
import { createGate, createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

/** Registers a kind of job that works until it is told to stop; gives the reasons that it was told. */
function registerEndless(jobs: JobsOfTest, result?: object): unknown[] {
  const reasons: unknown[] = [];
  jobs.register({
    kind: 'SCAN',
    locks: () => ['scan:movies'],
    async run({ signal, progress }) {
      progress.advance({ done: 2 });
      await untilAborted(signal);
      reasons.push(signal.reason);
      if (result !== undefined) return result;
      throw signal.reason;
    },
  });
  return reasons;
}

describeOnEachDatabase('cancelling a job', (open) => {
  const create = createTestJobs(open);

  it('stops it, frees its locks and keeps the part that it came to', async () => {
    const { jobs, database } = await create();
    const reasons = registerEndless(jobs, { scanned: 2 });
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ progress }) => progress.done === 2);
    expect(await jobs.cancel(id)).toMatchObject({ id, status: 'CANCELLING' });
    expect(await jobs.waitFor(id)).toMatchObject({
      status: 'CANCELLED',
      result: { scanned: 2 },
      failure: null,
      progress: { done: 2 },
      finishedAt: expect.any(Date),
    });
    expect(reasons).toEqual([new JobStoppedError('CANCELLED')]);
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('is no failure where its handler throws because it was stopped', async () => {
    const { jobs, logged } = await create();
    registerEndless(jobs);
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    await jobs.cancel(id);
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'CANCELLED', result: null, failure: null });
    expect(logged.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('twice is the same as once', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({ kind: 'HASH', run: () => gate.passed });
    const { id } = await jobs.start('HASH', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    await jobs.cancel(id);
    expect(await jobs.cancel(id)).toMatchObject({ status: 'CANCELLING' });
    gate.open();
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('that still waits ends it at once, and it never runs', async () => {
    const { jobs } = await create({ concurrency: 1 });
    const gate = createGate();
    const ran: string[] = [];
    jobs.register<{ name: string }, void>({
      kind: 'HASH',
      async run({ input }) {
        ran.push(input.name);
        await gate.passed;
      },
    });
    const first = await jobs.start('HASH', { name: 'first' });
    const second = await jobs.start('HASH', { name: 'second' });
    const third = await jobs.start('HASH', { name: 'third' });
    expect(await jobs.cancel(second.id)).toMatchObject({ status: 'CANCELLED', startedAt: null });
    gate.open();
    await jobs.waitFor(first.id);
    await jobs.waitFor(third.id);
    expect(ran).toEqual(['first', 'third']);
    expect(await jobs.find(second.id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('of another process reaches it there', async () => {
    const [here, there] = [await create(), await create()];
    registerEndless(there.jobs, { scanned: 2 });
    const { id } = await there.jobs.start('SCAN', {});
    await waitUntil(there.jobs, id, ({ status }) => status === 'RUNNING');
    expect(await here.jobs.cancel(id)).toMatchObject({ status: 'CANCELLING' });
    expect(await there.jobs.waitFor(id)).toMatchObject({ status: 'CANCELLED', result: { scanned: 2 } });
  });

  it('that waits in another process keeps it from running there', async () => {
    const [here, there] = [await create(), await create({ concurrency: 1 })];
    const gate = createGate();
    const ran: string[] = [];
    there.jobs.register<{ name: string }, void>({
      kind: 'HASH',
      async run({ input }) {
        ran.push(input.name);
        await gate.passed;
      },
    });
    await there.jobs.start('HASH', { name: 'first' });
    const second = await there.jobs.start('HASH', { name: 'second' });
    const third = await there.jobs.start('HASH', { name: 'third' });
    expect(await here.jobs.cancel(second.id)).toMatchObject({ status: 'CANCELLED' });
    gate.open();
    await there.jobs.waitFor(third.id);
    expect(ran).toEqual(['first', 'third']);
    expect(await there.jobs.find(second.id)).toMatchObject({ status: 'CANCELLED' });
  });

  it.each(['RUNNING', 'CANCELLING', 'QUEUED'])('ends one that is %s and whose process is dead', async (status) => {
    const { jobs, database } = await create();
    await database.prisma.job.create({
      data: {
        id: 'orphan',
        kind: 'SCAN',
        status,
        input: {},
        progress: { done: 7 },
        runner: `${hostname()}:999999999:gone`,
        heartbeatAt: new Date(),
        locks: { create: { name: 'scan:movies' } },
      },
    });
    expect(await jobs.cancel('orphan')).toMatchObject({ status: 'CANCELLED', progress: { done: 7 } });
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('is refused where it has ended or never was', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'HASH', run: async () => undefined });
    const { id } = await jobs.start('HASH', {});
    await jobs.waitFor(id);
    const error = await jobs.cancel(id).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(JobFinishedError);
    expect(error).toMatchObject({ code: 'JOB_FINISHED', jobId: id, status: 'SUCCEEDED' });
    await expect(jobs.cancel('nothing')).rejects.toBeInstanceOf(JobNotFoundError);
  });
});
