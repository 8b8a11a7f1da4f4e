import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { InvalidInputError } from '../../../src/base/errors/domain-error.ts';
import type { Jobs } from '../../../src/library/jobs/jobs.ts';
import type { JobFilter } from '../../../src/library/jobs/list-jobs.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createTestJobs } from './test-jobs.ts';

const midnight = new Date('2026-01-01T00:00:00.000Z').getTime();

/** Seven jobs, in order of age, three of them of the same millisecond. */
async function insertJobs({ prisma }: Database): Promise<void> {
  const times = [0, 1, 2, 2, 2, 3, 4];
  await prisma.job.createMany({
    data: times.map((ms, n) => ({
      id: `job-${n}`,
      kind: n % 2 === 0 ? 'SCAN' : 'HASH',
      status: n < 3 ? 'FAILED' : 'SUCCEEDED',
      input: {},
      progress: {},
      createdAt: new Date(midnight + ms),
      finishedAt: new Date(midnight + 10),
    })),
  });
}

async function readPages(jobs: Jobs, filter: JobFilter, count: number, backward: boolean): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = null; ;) {
    const page = await jobs.list(filter, { count, backward, cursor });
    pages.push(page.edges.map(({ node }) => node.id));
    const goesOn = backward ? page.hasPreviousPage : page.hasNextPage;
    // Behind the start of the walk the list is known to be there.
    expect(backward ? page.hasNextPage : page.hasPreviousPage).toBe(cursor !== null);
    if (!goesOn) return pages;
    cursor = (backward ? page.edges[0] : page.edges.at(-1))?.cursor ?? null;
  }
}

describeOnEachDatabase('the list of jobs', (open) => {
  const create = createTestJobs(open);

  it('goes from the newest to the oldest, page by page, without a gap between jobs of the same moment', async () => {
    const { jobs, database } = await create();
    await insertJobs(database);
    expect(await readPages(jobs, {}, 3, false)).toEqual([
      ['job-6', 'job-5', 'job-4'],
      ['job-3', 'job-2', 'job-1'],
      ['job-0'],
    ]);
  });

  it('goes backward from its end, each page still newest first', async () => {
    const { jobs, database } = await create();
    await insertJobs(database);
    expect(await readPages(jobs, {}, 3, true)).toEqual([
      ['job-2', 'job-1', 'job-0'],
      ['job-5', 'job-4', 'job-3'],
      ['job-6'],
    ]);
  });

  it('keeps its place while newer jobs are added', async () => {
    const { jobs, database } = await create();
    await insertJobs(database);
    const page = await jobs.list({}, { count: 2, backward: false, cursor: null });
    await database.prisma.job.create({
      data: { id: 'new', kind: 'SCAN', status: 'FAILED', input: {}, progress: {}, createdAt: new Date() },
    });
    const next = await jobs.list({}, { count: 2, backward: false, cursor: page.edges.at(-1)?.cursor ?? null });
    expect(next.edges.map(({ node }) => node.id)).toEqual(['job-4', 'job-3']);
  });

  it('shows only the kinds and statuses that are asked for', async () => {
    const { jobs, database } = await create();
    await insertJobs(database);
    expect(await readPages(jobs, { kinds: ['HASH'] }, 10, false)).toEqual([['job-5', 'job-3', 'job-1']]);
    expect(await readPages(jobs, { statuses: ['FAILED'] }, 2, false)).toEqual([['job-2', 'job-1'], ['job-0']]);
    expect(await readPages(jobs, { kinds: ['SCAN'], statuses: ['FAILED', 'QUEUED'] }, 10, false)).toEqual([
      ['job-2', 'job-0'],
    ]);
    expect(await readPages(jobs, { kinds: [], statuses: null }, 10, false)).toEqual([[]]);
  });

  it('refuses what is no cursor, here and among the item errors', async () => {
    const { jobs } = await create();
    for (const read of [jobs.list.bind(null, {}), jobs.itemErrors.bind(null, 'any')]) {
      for (const cursor of ['', 'rubbish', Buffer.from('x:y').toString('base64url')]) {
        const error = await read({ count: 1, backward: false, cursor }).catch((error: unknown) => error);
        expect(error).toBeInstanceOf(InvalidInputError);
        expect(error).toMatchObject({ field: 'after' });
      }
      await expect(read({ count: 1, backward: true, cursor: 'rubbish' })).rejects.toMatchObject({ field: 'before' });
    }
  });

  it('pages through item errors both ways', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        for (const item of ['a', 'b', 'c', 'd', 'e']) reportItemError({ item, code: 'X', message: item });
      },
    });
    const { id } = await jobs.start('HASH', {});
    await jobs.waitFor(id);
    const items = async (count: number, backward: boolean, cursor: string | null) => {
      const page = await jobs.itemErrors(id, { count, backward, cursor });
      return {
        ...page,
        edges: page.edges.map(({ node }) => node.item),
        cursors: page.edges.map((edge) => edge.cursor),
      };
    };
    const first = await items(2, false, null);
    expect(first).toMatchObject({ edges: ['a', 'b'], hasNextPage: true, hasPreviousPage: false });
    const second = await items(3, false, first.cursors[1] ?? null);
    expect(second).toMatchObject({ edges: ['c', 'd', 'e'], hasNextPage: false, hasPreviousPage: true });
    expect(await items(1, true, second.cursors[0] ?? null)).toMatchObject({ edges: ['b'], hasPreviousPage: true });
  });
});
