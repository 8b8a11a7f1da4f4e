import { expect, it } from 'vitest';
import { JobsClosedError, JobStoppedError } from '../../../src/library/jobs/job-errors.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

describeOnEachDatabase('a graceful stop', (open) => {
  const create = createTestJobs(open);

  it('leaves running and waiting jobs, with their progress and locks, to the next start, which ends them', async () => {
    const before = await create({ concurrency: 1 });
    const reasons: unknown[] = [];
    before.jobs.register<{ name: string }, void>({
      kind: 'SCAN',
      locks: ({ name }) => [`scan:${name}`],
      async run({ signal, progress }) {
        progress.start({ total: 9 });
        progress.advance({ done: 4 });
        await untilAborted(signal);
        reasons.push(signal.reason);
        throw signal.reason;
      },
    });
    const running = await before.jobs.start('SCAN', { name: 'movies' });
    const waiting = await before.jobs.start('SCAN', { name: 'shows' });
    await waitUntil(before.jobs, running.id, ({ progress }) => progress.done === 4);
    await before.jobs.close({ graceMs: 5_000 });
    expect(reasons).toEqual([new JobStoppedError('CLOSING')]);

    const { jobs, database } = await create();
    const progress = { done: 4, total: 9 };
    expect(await jobs.find(running.id)).toMatchObject({ status: 'QUEUED', failure: null, progress, finishedAt: null });
    expect(await jobs.find(waiting.id)).toMatchObject({ status: 'QUEUED', startedAt: null });
    expect(await database.prisma.job.findMany({ where: { runner: { not: null } } })).toEqual([]);
    expect(await database.prisma.jobLock.count()).toBe(2);

    const ran: string[] = [];
    jobs.register<{ name: string }, void>({ kind: 'SCAN', run: async ({ input }) => void ran.push(input.name) });
    expect((await jobs.recover()).map(({ id }) => id)).toEqual([running.id, waiting.id]);
    for (const { id } of [running, waiting]) expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(ran.toSorted()).toEqual(['movies', 'shows']);
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('does not count as an interruption', async () => {
    const { jobs, database } = await create();
    jobs.register({ kind: 'SCAN', run: ({ signal }) => untilAborted(signal) });
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    await jobs.close({ graceMs: 5_000 });
    const row = await database.prisma.job.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ status: 'QUEUED', progress: { interruptions: { count: 0 } } });
  });

  it('does not wait for ever for a handler that does not listen', async () => {
    const { jobs, database, logged } = await create();
    jobs.register({ kind: 'SCAN', run: () => new Promise<void>(() => undefined) });
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    const closedAt = performance.now();
    await jobs.close({ graceMs: 300 });
    expect(performance.now() - closedAt).toBeGreaterThan(290);
    expect(performance.now() - closedAt).toBeLessThan(60_000);
    expect(await database.prisma.job.findUnique({ where: { id } })).toMatchObject({ status: 'QUEUED', runner: null });
    expect(logged).toContainEqual(expect.objectContaining({ level: 'warn', fields: { jobs: [id] } }));
  });

  it('takes no new jobs, and tells those who wait for one', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'SCAN', run: ({ signal }) => untilAborted(signal) });
    const { id } = await jobs.start('SCAN', {});
    const waiting = jobs.waitFor(id).catch((error: unknown) => error);
    await jobs.close({ graceMs: 1_000 });
    expect(await waiting).toBeInstanceOf(JobsClosedError);
    await expect(jobs.start('SCAN', {})).rejects.toBeInstanceOf(JobsClosedError);
    expect(await jobs.recover()).toEqual([]);
  });
});
