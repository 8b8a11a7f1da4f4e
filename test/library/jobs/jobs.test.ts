import { expect, it } from 'vitest';
import { DomainError } from '../../../src/base/errors/domain-error.ts';
import { JobNotFoundError, NoJobHandlerError } from '../../../src/library/jobs/job-errors.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, waitUntil } from './test-jobs.ts';

class DiskFullError extends DomainError {
  readonly code = 'DISK_FULL';
  readonly httpStatus = 500;
}

const firstPage = { count: 50, backward: false, cursor: null };

describeOnEachDatabase('a job', (open) => {
  const create = createTestJobs(open);

  it('runs, and is then in its row with its result and its last progress', async () => {
    const { jobs } = await create();
    jobs.register<{ files: string[] }, { hashed: number }>({
      kind: 'HASH',
      async run({ input, progress, requestedBy }) {
        expect(requestedBy).toBe('ada');
        progress.start({ total: input.files.length, bytesTotal: 30 });
        for (const file of input.files) progress.advance({ done: 1, bytes: 10, currentItem: file });
        return { hashed: input.files.length };
      },
    });
    const started = await jobs.start('HASH', { files: ['a', 'b', 'c'] }, { requestedBy: 'ada' });
    expect(started).toMatchObject({ kind: 'HASH', status: 'QUEUED', startedAt: null, requestedBy: 'ada' });
    await jobs.waitFor(started.id);

    const another = await create();
    expect(await another.jobs.find(started.id)).toEqual({
      ...started,
      status: 'SUCCEEDED',
      result: { hashed: 3 },
      progress: {
        done: 3,
        total: 3,
        bytesDone: 30,
        bytesTotal: 30,
        currentItem: null,
        itemsPerSecond: expect.any(Number),
        remainingSeconds: null,
      },
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
  });

  it('shows the progress of this moment while it runs, and in its row a second later', async () => {
    const { jobs, database } = await create();
    const gate = createGate();
    jobs.register({
      kind: 'SCAN',
      async run({ progress }) {
        progress.start({ total: 8 });
        progress.advance({ done: 5, currentItem: 'e.mp4' });
        await gate.passed;
      },
    });
    const { id } = await jobs.start('SCAN', {});
    const shown = await waitUntil(jobs, id, ({ progress }) => progress.done === 5);
    expect(shown).toMatchObject({ status: 'RUNNING', progress: { total: 8, currentItem: 'e.mp4' } });
    expect((await jobs.list({}, firstPage)).edges[0]?.node.progress.done).toBe(5);
    await expect
      .poll(async () => (await database.prisma.job.findUniqueOrThrow({ where: { id } })).progress)
      .toMatchObject({ done: 5, total: 8 });
    gate.open();
    await jobs.waitFor(id);
  });

  it('succeeds with errors where single items failed, and keeps all of them in their order', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        for (let n = 0; n < 5_000; n += 1)
          reportItemError({ item: `${n}.bin`, code: 'UNREADABLE', message: `no ${n}` });
        return { hashed: 0 };
      },
    });
    const { id } = await jobs.start('HASH', {});
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED_WITH_ERRORS', failure: null });
    const first = await jobs.itemErrors(id, { count: 2, backward: false, cursor: null });
    expect(first).toMatchObject({
      edges: [{ node: { item: '0.bin', code: 'UNREADABLE', message: 'no 0' } }, { node: { item: '1.bin' } }],
      hasNextPage: true,
      hasPreviousPage: false,
    });
    expect(first.edges[0]?.node.at).toBeInstanceOf(Date);
    const last = await jobs.itemErrors(id, { count: 1, backward: true, cursor: null });
    expect(last).toMatchObject({ edges: [{ node: { item: '4999.bin' } }], hasNextPage: false, hasPreviousPage: true });
  });

  it('writes item errors while it still runs', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        reportItemError({ item: 'a', code: 'X', message: 'x' });
        await gate.passed;
        reportItemError({ item: 'b', code: 'X', message: 'x' });
      },
    });
    const { id } = await jobs.start('HASH', {});
    const items = async (): Promise<string[]> =>
      (await jobs.itemErrors(id, firstPage)).edges.map(({ node }) => node.item);
    await expect.poll(items).toEqual(['a']);
    gate.open();
    await jobs.waitFor(id);
    expect(await items()).toEqual(['a', 'b']);
  });

  it('fails with the message of an error that was to be expected', async () => {
    const { jobs, logged } = await create();
    jobs.register({
      kind: 'HASH',
      run: async () => {
        throw new DiskFullError('The disk is full: free 2 GB.');
      },
    });
    const { id } = await jobs.start('HASH', {});
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'FAILED', failure: 'The disk is full: free 2 GB.' });
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('fails with a plain sentence on any other error, which only the log shows', async () => {
    const { jobs, logged } = await create();
    const bug = new TypeError('secret of undefined');
    jobs.register({
      kind: 'HASH',
      run: async () => {
        throw bug;
      },
    });
    const { id } = await jobs.start('HASH', {});
    const failed = await jobs.waitFor(id);
    expect(failed.status).toBe('FAILED');
    expect(failed.failure).toMatch(/^It stopped on an error that nobody expected/);
    expect(failed.failure).not.toContain('secret');
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 'error', fields: { err: bug, jobId: id, kind: 'HASH' } }),
    );
  });

  it('waits while two others run, and begins when one of them ends', async () => {
    const { jobs } = await create();
    const gates = [createGate(), createGate(), createGate()];
    jobs.register<{ n: number }, void>({
      kind: 'SCAN',
      run: ({ input }) => gates[input.n]?.passed ?? Promise.reject(new Error()),
    });
    const ids: string[] = [];
    for (const n of [0, 1, 2]) ids.push((await jobs.start('SCAN', { n })).id);
    const [first = '', second = '', third = ''] = ids;
    await waitUntil(jobs, first, ({ status }) => status === 'RUNNING');
    await waitUntil(jobs, second, ({ status }) => status === 'RUNNING');
    expect(await jobs.find(third)).toMatchObject({ status: 'QUEUED' });
    gates[1]?.open();
    await waitUntil(jobs, third, ({ status }) => status === 'RUNNING');
    expect(await jobs.find(first)).toMatchObject({ status: 'RUNNING' });
    for (const gate of gates) gate.open();
    for (const id of ids) expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is refused where nothing here runs its kind, and none is left behind', async () => {
    const { jobs } = await create();
    await expect(jobs.start('HASH', {})).rejects.toBeInstanceOf(NoJobHandlerError);
    expect(await jobs.list({}, firstPage)).toEqual({ edges: [], hasNextPage: false, hasPreviousPage: false });
  });

  it('that does not exist is found as null, and cannot be waited for', async () => {
    const { jobs } = await create();
    expect(await jobs.find('nothing')).toBeNull();
    await expect(jobs.waitFor('nothing')).rejects.toBeInstanceOf(JobNotFoundError);
  });
});
