import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { JobLockedError } from '../../../src/library/jobs/job-errors.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import type { JobsOfTest } from './jobs-of-test.ts';
import { createGate, createTestJobs, type Gate } from './test-jobs.ts';

function registerScan(jobs: JobsOfTest, gate: Gate): void {
  jobs.register<{ categories: string[] }, void>({
    kind: 'SCAN',
    locks: ({ categories }) => categories.map((category) => `scan:${category}`),
    run: () => gate.passed,
  });
}

async function insertHolder(database: Database, runner: string | null, heartbeatAt: Date | null): Promise<void> {
  await database.prisma.job.create({
    data: {
      id: 'holder',
      kind: 'SCAN',
      status: 'RUNNING',
      input: {},
      progress: {},
      runner,
      heartbeatAt,
      locks: { create: { name: 'scan:movies' } },
    },
  });
}

describeOnEachDatabase('a job lock', (open) => {
  const create = createTestJobs(open);

  it('keeps a second job off, in this process and in others, and names the holder', async () => {
    const [here, there] = [await create(), await create()];
    const gate = createGate();
    registerScan(here.jobs, gate);
    registerScan(there.jobs, gate);
    const { id } = await here.jobs.start('SCAN', { categories: ['movies', 'shows'] });
    for (const { jobs } of [here, there]) {
      const error = await jobs.start('SCAN', { categories: ['music', 'shows'] }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(JobLockedError);
      expect(error).toMatchObject({ jobId: id, locks: ['scan:shows'] });
    }
    expect(await here.database.prisma.job.count()).toBe(1);
    gate.open();
    await here.jobs.waitFor(id);
  });

  it('leaves jobs with other locks alone', async () => {
    const { jobs } = await create();
    const gate = createGate();
    registerScan(jobs, gate);
    const movies = await jobs.start('SCAN', { categories: ['movies'] });
    const shows = await jobs.start('SCAN', { categories: ['shows'] });
    gate.open();
    expect(await jobs.waitFor(movies.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await jobs.waitFor(shows.id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is free when the job has ended, been cancelled or failed', async () => {
    const { jobs, database } = await create();
    jobs.register<{ fail: boolean }, void>({
      kind: 'SCAN',
      locks: () => ['scan:movies'],
      async run({ input }) {
        if (input.fail) throw new Error('broken');
      },
    });
    for (const fail of [true, false, true]) {
      const { id } = await jobs.start('SCAN', { fail });
      await jobs.waitFor(id);
      expect(await database.prisma.jobLock.count()).toBe(0);
    }
  });

  it('is got by one of many that want it in the same moment', async () => {
    const processes = [await create(), await create(), await create()];
    const gate = createGate();
    for (const { jobs } of processes) registerScan(jobs, gate);
    const results = await Promise.allSettled(
      processes.flatMap(({ jobs }) => [
        jobs.start('SCAN', { categories: ['a', 'b'] }),
        jobs.start('SCAN', { categories: ['b', 'a'] }),
      ]),
    );
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toBeInstanceOf(JobLockedError);
    gate.open();
  });

  it.each([
    ['whose process on this host was killed', () => `${hostname()}:999999999:gone`, new Date()],
    [
      'whose process elsewhere has been silent for half a minute',
      () => 'elsewhere:1:gone',
      new Date(Date.now() - 31_000),
    ],
    ['that waits for a start that never came', () => null, null],
  ])('is taken from a job %s, which fails honestly', async (_case, runner, heartbeatAt) => {
    const { jobs, database } = await create();
    const gate = createGate();
    registerScan(jobs, gate);
    await insertHolder(database, runner(), heartbeatAt);
    const { id } = await jobs.start('SCAN', { categories: ['movies'] });
    expect(await jobs.find('holder')).toMatchObject({
      status: 'FAILED',
      failure: `Its process ended before it was finished, and job ${id} took its place.`,
      finishedAt: expect.any(Date),
    });
    expect(await database.prisma.jobLock.findMany()).toEqual([{ name: 'scan:movies', jobId: id }]);
    gate.open();
    await jobs.waitFor(id);
  });

  it('stays with a job of a process elsewhere that gave a sign of life', async () => {
    const { jobs, database } = await create();
    registerScan(jobs, createGate());
    await insertHolder(database, 'elsewhere:1:alive', new Date());
    await expect(jobs.start('SCAN', { categories: ['movies'] })).rejects.toMatchObject({ jobId: 'holder' });
    expect(await jobs.find('holder')).toMatchObject({ status: 'RUNNING' });
  });
});
