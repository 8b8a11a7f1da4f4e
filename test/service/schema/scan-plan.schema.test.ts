import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';

const Apply = `mutation ($jobId: ID!, $kinds: [ScanPlanEntryKind!]) {
  applyScanPlan(jobId: $jobId, kinds: $kinds) { __typename ... on ScanJob { id } ... on Error { code } }
}`;

const Plan = `query ($id: ID!, $kinds: [ScanPlanEntryKind!], $first: Int, $after: String) {
  node(id: $id) { ... on ScanJob { status plan(kinds: $kinds, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node { kind category path fromPath sizeBytes item { title } } }
  } } }
}`;

describeOnEachDatabase('The plan of a scan', (open) => {
  it('is listed, and carried out on demand', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { scanner, jobs } = service.app;
    const scan = async (request = {}) => jobs.waitFor((await scanner.start(request)).id);
    const ask = async (query: string, variables: object) => (await service.post({ query, variables })).body.data;
    await service.writeFiles('photos', ['a.jpg', 'b.jpg']);
    await scan();
    await rm(join(service.category('photos').rootPath, 'a.jpg'));
    await service.writeFiles('photos', ['new.jpg']);
    const id = encodePublicId('ScanJob', (await scan({ dryRun: true })).id);

    const added = { kind: 'ADD', category: 'photos', path: 'new.jpg', fromPath: null, sizeBytes: 7, item: null };
    const lost = { ...added, kind: 'LOSS', path: 'a.jpg', sizeBytes: null, item: { title: 'a' } };
    const first = { pageInfo: { hasNextPage: true, endCursor: expect.any(String) }, edges: [{ node: added }] };
    expect(await ask(Plan, { id, first: 1 })).toEqual({ node: { status: 'SUCCEEDED', plan: first } });
    expect(await ask(Plan, { id, kinds: ['LOSS'] })).toMatchObject({ node: { plan: { edges: [{ node: lost }] } } });

    const totals = `query ($id: ID!) { node(id: $id) { ... on ScanJob { plan(kinds: [ADD], first: 0) {
      totals { kind category count sizeBytes } edges { cursor }
    } } } }`;
    expect(await ask(totals, { id })).toEqual({
      node: {
        plan: {
          totals: [
            { kind: 'ADD', category: 'photos', count: 1, sizeBytes: 7 },
            { kind: 'LOSS', category: 'photos', count: 1, sizeBytes: null },
          ],
          edges: [],
        },
      },
    });
    expect(await ask(Apply, { jobId: id, kinds: ['MOVE'] })).toEqual({
      applyScanPlan: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
    });

    const applied = (await ask(Apply, { jobId: id })) as { applyScanPlan: { __typename: string; id: string } };
    expect(applied.applyScanPlan).toMatchObject({ __typename: 'ScanJob' });
    await expect.poll(() => scanner.activeScan()).toBeNull();
    expect(await ask(Plan, { id: applied.applyScanPlan.id })).toMatchObject({
      node: { status: 'SUCCEEDED', plan: { edges: [] } },
    });
    const items = await service.app.database.prisma.mediaItem.findMany({
      include: { shelf: true },
      orderBy: { filename: 'asc' },
    });
    expect(items.map(({ shelf, filename }) => `${shelf.status} ${filename}`)).toEqual([
      'MISSING a.jpg',
      'AVAILABLE b.jpg',
      'AVAILABLE new.jpg',
    ]);
  });

  it('is not found for a scan that has none, and for what is no scan', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    for (const jobId of [encodePublicId('ScanJob', 'nothing'), encodePublicId('MediaItem', 1), 'x']) {
      const { body } = await service.post({ query: Apply, variables: { jobId } });
      expect(body.data).toEqual({
        applyScanPlan: { __typename: 'ScanPlanNotFoundError', code: 'SCAN_PLAN_NOT_FOUND' },
      });
    }
  });
});
