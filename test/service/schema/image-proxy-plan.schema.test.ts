import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { photo, startProxyService } from '../../library/image-proxies/proxy-service.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

interface Plan {
  edges: { node: { category: string; path: string; sizeBytes: number; item: { filename: string } | null } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describeOnEachDatabase('The plan of a batch of image proxies', (open) => {
  it('lists the images that a dry run means, and nothing of a real one', async () => {
    const service = await startProxyService({ databaseUrl: open.url() });
    await service.writePhoto('a/large 1.jpg', await photo(1));
    await service.writePhoto('small.jpg', await photo(2, { width: 80, height: 60 }));
    await service.writePhoto('text.jpg', Buffer.from('text'));
    await service.writePhoto('z/large 2.jpg', await photo(3));
    const planOf = async (id: string, after: string | null = null): Promise<Plan> => {
      const query = `query ($id: ID!, $after: String) {
        job(id: $id) { ... on ImageProxyJob { plan(first: 1, after: $after) {
          edges { node { category path sizeBytes item { filename } } } pageInfo { hasNextPage endCursor }
        } } }
      }`;
      const variables = { id: encodePublicId('ImageProxyJob', id), after };
      return ((await service.post({ query, variables })).body.data as { job: { plan: Plan } }).job.plan;
    };
    const { id: scan } = await service.app.scanner.start({ dryRun: true });
    await service.app.jobs.waitFor(scan);
    await service.scan();

    const { id } = (await service.batch({ dryRun: true })).job;
    const first = await planOf(id);
    const second = await planOf(id, first.pageInfo.endCursor);
    const nodes = [...first.edges, ...second.edges].map(({ node }) => node);
    expect(nodes.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { category: 'photos', path: 'a/large 1.jpg', sizeBytes: expect.any(Number), item: { filename: 'large 1.jpg' } },
      { category: 'photos', path: 'z/large 2.jpg', sizeBytes: expect.any(Number), item: { filename: 'large 2.jpg' } },
    ]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect((await planOf((await service.batch()).job.id)).edges).toEqual([]);
    // Plans of scans are kept apart.
    const page = { count: 10, backward: false, cursor: null };
    expect((await service.app.scanner.plan(scan, null, page)).edges).toHaveLength(4);
  });

  it('is kept of the newest ten dry runs', async () => {
    const service = await startProxyService({ databaseUrl: open.url() });
    await service.writePhoto('large.jpg', await photo(1));
    const { id: scan } = await service.app.scanner.start({ dryRun: true });
    await service.app.jobs.waitFor(scan);
    await service.scan();
    for (let run = 0; run < 11; run += 1) await service.batch({ dryRun: true });
    const stored = await service.app.database.prisma.scanPlanEntry.groupBy({ by: ['kind'], _count: true });
    expect(stored.map(({ kind, _count }) => `${kind} ${_count}`).toSorted()).toEqual(['ADD 1', 'PROXY 10']);
  });
});
