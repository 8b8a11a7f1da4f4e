import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createTestJobs } from './test-jobs.ts';

const count = 50_000;

describeOnEachDatabase('Item errors of a job', (open) => {
  const create = createTestJobs(open);

  it('are all written, in their order, however many come at once', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        for (let n = 0; n < count; n += 1) reportItemError({ item: `item ${n}`, code: 'ODD', message: 'as expected' });
      },
    });
    const { id } = await jobs.start('HASH', {});
    expect(await jobs.waitFor(id)).toMatchObject({ status: 'SUCCEEDED_WITH_ERRORS' });
    const last = await jobs.itemErrors(id, { count: 2, backward: true, cursor: null });
    expect(last.edges.map(({ node }) => node.item)).toEqual([`item ${count - 2}`, `item ${count - 1}`]);
    const first = await jobs.itemErrors(id, { count: 1, backward: false, cursor: null });
    expect(first.edges[0]?.node).toEqual({
      id: expect.any(Number) as number,
      item: 'item 0',
      code: 'ODD',
      message: 'as expected',
      at: expect.any(Date) as Date,
      sha256: null,
    });
  });

  it('are counted by their codes, the most frequent first, each with the first of them', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        for (const [item, code] of ['a:GONE', 'b:ODD', 'c:ODD', 'd:BROKEN'].map((each) => each.split(':'))) {
          reportItemError({ item: String(item), code: String(code), message: `of ${item}` });
        }
      },
    });
    const { id } = await jobs.start('HASH', {});
    await jobs.waitFor(id);
    expect(await jobs.errorReasons(id)).toMatchObject([
      { code: 'ODD', count: 2, example: { item: 'b', message: 'of b' } },
      { code: 'BROKEN', count: 1, example: { item: 'd' } },
      { code: 'GONE', count: 1, example: { item: 'a' } },
    ]);
    expect(await jobs.errorReasons('00000000-0000-0000-0000-000000000000')).toEqual([]);
  });

  it('are kept whatever strangers wrote into what they quote', async () => {
    const { jobs } = await create();
    jobs.register({
      kind: 'HASH',
      async run({ reportItemError }) {
        reportItemError({ item: 'nul\0 and \ud800 half', code: 'ODD', message: '\0' });
      },
    });
    const { id } = await jobs.start('HASH', {});
    await jobs.waitFor(id);
    const { edges } = await jobs.itemErrors(id, { count: 10, backward: false, cursor: null });
    expect(edges).toMatchObject([{ node: { item: 'nul and \ufffd half', message: '' } }]);
  });
});
