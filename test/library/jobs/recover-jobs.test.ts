import { fork } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import type { Database, Prisma } from '../../../src/base/database/database.ts';
import type { Jobs } from '../../../src/library/jobs/jobs.ts';
import { compiledPath } from '../../support/compile-sources.ts';
import { describeOnEachDatabase, type OpenTestDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, untilAborted, waitUntil } from './test-jobs.ts';

const firstPage = { count: 50, backward: false, cursor: null };
const deadRunner = `${hostname()}:999999999:gone`;

/** Runs a job in another process, kills that process in the middle and gives the job's ID. */
async function runAndKill(open: OpenTestDatabase, jobs: Jobs): Promise<string> {
  const child = fork(compiledPath(new URL('killed-process.ts', import.meta.url)), [open.url()]);
  const [id] = (await once(child, 'message')) as [string];
  await waitUntil(jobs, id, ({ progress }) => progress.done > 10);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return id;
}

async function insertJob(database: Database, job: Partial<Prisma.JobCreateInput>): Promise<string> {
  const defaults = { id: 'orphan', kind: 'HASH', status: 'RUNNING', input: {}, progress: {}, runner: deadRunner };
  const { id } = await database.prisma.job.create({ data: { ...defaults, heartbeatAt: new Date(), ...job } });
  return id;
}

const unstorable = {
  toJSON(): never {
    throw new Error('cannot be written');
  },
};

describeOnEachDatabase('recovery', (open) => {
  const create = createTestJobs(open);

  it('resumes a job whose process was killed, from the start of its handler, to its end', async () => {
    const { jobs, database } = await create();
    const id = await runAndKill(open, jobs);
    const killed = await jobs.find(id);
    expect(killed).toMatchObject({ status: 'RUNNING' });
    const inputs: unknown[] = [];
    jobs.register({
      kind: 'HASH',
      async run({ input, progress, reportItemError }) {
        inputs.push(input);
        progress.start({ total: 3 });
        progress.advance({ done: 3 });
        reportItemError({ item: 'first.bin', code: 'UNREADABLE', message: 'seen again' });
        return { hashed: 3 };
      },
    });
    expect(await jobs.recover()).toMatchObject([{ id, status: 'QUEUED' }]);
    expect(await jobs.waitFor(id)).toMatchObject({
      status: 'SUCCEEDED_WITH_ERRORS',
      result: { hashed: 3 },
      progress: { done: 3, total: 3 },
      requestedBy: 'ada',
      startedAt: killed?.startedAt,
    });
    expect(inputs).toEqual([{ items: 3 }]);
    // Those of the run that was cut short are gone.
    expect((await jobs.itemErrors(id, firstPage)).edges).toMatchObject([{ node: { message: 'seen again' } }]);
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('ends a job that was being cancelled when its process died', async () => {
    const { jobs, database } = await create();
    const id = await insertJob(database, { status: 'CANCELLING', locks: { create: { name: 'hash' } } });
    jobs.register({ kind: 'HASH', run: async () => undefined });
    expect(await jobs.recover()).toEqual([]);
    expect(await jobs.find(id)).toMatchObject({ status: 'CANCELLED', finishedAt: expect.any(Date) });
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('fails a job that nothing here can run, and says so', async () => {
    const { jobs, database } = await create();
    const id = await insertJob(database, { kind: 'LEGACY_MIGRATION', locks: { create: { name: 'legacy' } } });
    await jobs.recover();
    expect(await jobs.find(id)).toMatchObject({
      status: 'FAILED',
      failure:
        'Its process ended before it was finished, and it could not be resumed: nothing here runs LEGACY_MIGRATION jobs.',
    });
    expect(await database.prisma.jobLock.count()).toBe(0);
  });

  it('leaves the jobs of living processes alone, here and elsewhere', async () => {
    const [here, there] = [await create(), await create()];
    const gate = createGate();
    for (const { jobs } of [here, there]) jobs.register({ kind: 'HASH', run: () => gate.passed });
    const { id } = await there.jobs.start('HASH', {});
    const elsewhere = await insertJob(here.database, { runner: 'elsewhere:1:alive' });
    expect(await here.jobs.recover()).toEqual([]);
    expect(await there.jobs.recover()).toEqual([]);
    expect(await here.jobs.find(elsewhere)).toMatchObject({ status: 'RUNNING' });
    gate.open();
    expect(await here.jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('lets one of several processes have an abandoned job', async () => {
    const first = await create();
    const processes = [first, await create(), await create()];
    let runs = 0;
    for (const { jobs } of processes) {
      jobs.register({
        kind: 'HASH',
        run: async () => {
          runs += 1;
        },
      });
    }
    const id = await insertJob(first.database, {});
    const resumed = await Promise.all(processes.map(({ jobs }) => jobs.recover()));
    expect(resumed.flat().map((job) => job.id)).toEqual([id]);
    await first.jobs.waitFor(id);
    expect(runs).toBe(1);
  });

  it('gives up on a job that is interrupted at the same place for the fourth time', async () => {
    const { jobs, database } = await create();
    jobs.register({ kind: 'HASH', run: async () => undefined });
    const [third = '', fourth = ''] = await Promise.all(
      ['third', 'fourth'].map((id, n) => {
        const interruptions = { count: 2 + n, done: 42, bytesDone: 0 };
        return insertJob(database, { id, progress: { done: 40, bytesDone: 0, interruptions } });
      }),
    );
    expect(await jobs.recover()).toMatchObject([{ id: third }]);
    expect(await jobs.waitFor(third)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await jobs.find(fourth)).toMatchObject({
      status: 'FAILED',
      failure: 'It was interrupted 4 times without getting past item 42, so it was not resumed again.',
    });
  });

  it('goes on with a job that comes further each time, however often it is interrupted', async () => {
    const { jobs, database } = await create();
    const gate = createGate();
    jobs.register({ kind: 'HASH', run: () => gate.passed });
    const progress = { done: 43, bytesDone: 0, interruptions: { count: 3, done: 42, bytesDone: 0 } };
    const id = await insertJob(database, { progress });
    await jobs.recover();
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    const row = await database.prisma.job.findUniqueOrThrow({ where: { id } });
    expect(row.progress).toMatchObject({ done: 0, interruptions: { count: 1, done: 43, bytesDone: 0 } });
    gate.open();
    await jobs.waitFor(id);
  });

  it('stops a job that another process has taken over, which alone decides how it ends', async () => {
    const { jobs, database } = await create();
    const reasons: unknown[] = [];
    jobs.register({
      kind: 'HASH',
      async run({ signal }) {
        await untilAborted(signal);
        reasons.push(signal.reason);
        return { by: 'the old one' };
      },
    });
    const { id } = await jobs.start('HASH', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    await database.prisma.job.update({ where: { id }, data: { runner: 'elsewhere:1:new', heartbeatAt: new Date() } });
    await expect.poll(() => reasons).toMatchObject([{ why: 'TAKEN_OVER' }]);
    expect(await jobs.find(id)).toMatchObject({ status: 'RUNNING', result: null });
  });

  it('takes up again a job of its own whose end could not be stored', async () => {
    const { jobs, logged } = await create();
    let runs = 0;
    jobs.register({
      kind: 'HASH',
      async run() {
        runs += 1;
        return runs === 1 ? unstorable : { hashed: 1 };
      },
    });
    const { id } = await jobs.start('HASH', {});
    await expect.poll(() => logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(await jobs.find(id)).toMatchObject({ status: 'RUNNING' });
    await jobs.recover();
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED', result: { hashed: 1 } });
  });
});
