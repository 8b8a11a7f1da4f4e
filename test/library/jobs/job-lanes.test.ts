import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, waitUntil } from './test-jobs.ts';

describeOnEachDatabase('a job that somebody waits for', (open) => {
  const create = createTestJobs(open);

  it('does not wait behind long ones, waits for its like, and is kept out by the locks of either', async () => {
    const { jobs } = await create({ concurrency: 1 });
    const [scanning, first] = [createGate(), createGate()];
    const ran: string[] = [];
    jobs.register<{ name: string }, void>({
      kind: 'SCAN',
      locks: () => ['movies'],
      async run({ input }) {
        ran.push(input.name);
        await scanning.passed;
      },
    });
    jobs.register<{ name: string; lock?: string }, void>({
      kind: 'BULK',
      lane: 'PROMPT',
      locks: ({ lock }) => (lock === undefined ? [] : [lock]),
      async run({ input }) {
        ran.push(input.name);
        if (input.name === 'first') await first.passed;
      },
    });
    const long = await jobs.start('SCAN', { name: 'scan' });
    await expect(jobs.start('SCAN', { name: 'locked scan' })).rejects.toMatchObject({ code: 'JOB_LOCKED' });
    const prompt = [
      await jobs.start('BULK', { name: 'first', lock: 'photos' }),
      await jobs.start('BULK', { name: 'second' }),
    ];
    await waitUntil(jobs, prompt[0]!.id, ({ status }) => status === 'RUNNING');
    for (const lock of ['movies', 'photos']) {
      await expect(jobs.start('BULK', { name: 'locked', lock })).rejects.toMatchObject({ code: 'JOB_LOCKED' });
    }
    expect(await jobs.find(prompt[1]!.id)).toMatchObject({ status: 'QUEUED' });
    first.open();
    for (const { id } of prompt) expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await jobs.find(long.id)).toMatchObject({ status: 'RUNNING' });
    await jobs.waitFor((await jobs.start('BULK', { name: 'third', lock: 'photos' })).id);
    scanning.open();
    await jobs.waitFor(long.id);
    await jobs.waitFor((await jobs.start('BULK', { name: 'fourth', lock: 'movies' })).id);
    expect(ran).toEqual(['scan', 'first', 'second', 'third', 'fourth']);
  });
});
