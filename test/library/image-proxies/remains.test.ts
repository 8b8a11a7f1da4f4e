import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProxyFiles } from '../../../src/library/image-proxies/proxy-files.ts';
import { createRemains, type Remains } from '../../../src/library/image-proxies/remains.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { photo, startProxyService, type ProxyService } from './proxy-service.ts';

/** A service with two images that are gone and had proxies, one of which was uploaded, and an uploaded original. */
async function serviceWithRemains(databaseUrl: string): Promise<ProxyService> {
  const service = await startProxyService({ databaseUrl });
  for (const seed of [1, 2]) await service.writePhoto(`${seed}.jpg`, await photo(seed));
  await service.scan();
  await service.batch();
  const { prisma } = service.app.database;
  const { id } = await prisma.imageProxy.findFirstOrThrow({ orderBy: { id: 'asc' } });
  await prisma.imageProxy.update({ where: { id }, data: { s3Key: 'proxies/uploaded.jpg' } });
  await prisma.analysisOriginal.create({ data: { s3Key: 'uploads/original.jpg', sizeBytes: 1 } });
  await prisma.mediaItem.deleteMany();
  return service;
}

function remainsOf({ app, proxyFolder }: ProxyService, removedKeys: string[] | null): Remains {
  return createRemains({
    database: app.database,
    files: createProxyFiles(proxyFolder),
    mediaConfig: app.mediaConfig,
    objectStore: removedKeys && { remove: async (keys) => void removedKeys.push(...keys) },
  });
}

describeOnEachDatabase('what is left of images that are gone', (open) => {
  it('keeps the keys of its objects until there is a store to remove them from', async () => {
    const service = await serviceWithRemains(open.url());
    const { prisma } = service.app.database;
    const { id: jobId, report } = await service.batch().then(({ job, ...rest }) => ({ ...job, ...rest }));
    expect(report.remainsRemoved).toBe(1);
    const { edges } = await service.app.jobs.itemErrors(jobId, { count: 10, backward: false, cursor: null });
    expect(edges.map(({ node }) => [node.item, node.code, node.message])).toEqual([
      ['remains', 'OBJECT_STORAGE_ERROR', expect.stringMatching(/^2 uploaded objects .* S3_BUCKET/)],
    ]);
    expect(await remainsOf(service, null).clear({ dryRun: true })).toEqual({ removed: 0, left: 2 });
    expect([await prisma.imageProxy.count(), await prisma.analysisOriginal.count()]).toEqual([1, 1]);
    const keys: string[] = [];
    expect(await remainsOf(service, keys).clear({ dryRun: true })).toEqual({ removed: 2, left: 0 });
    expect(await remainsOf(service, keys).clear({ dryRun: false })).toEqual({ removed: 2, left: 0 });
    expect(keys).toEqual(['proxies/uploaded.jpg', 'uploads/original.jpg']);
    expect([await prisma.imageProxy.count(), await prisma.analysisOriginal.count()]).toEqual([0, 0]);
  });
});

it('the proxy goes with the item that is deleted for good or purged, and stays with one that is hidden', async () => {
  const service = await startProxyService();
  const names = ['deleted.jpg', 'hidden.jpg', 'purged.jpg', 'kept.jpg'];
  for (const [seed, name] of names.entries()) await service.writePhoto(name, await photo(seed));
  await service.scan();
  await service.batch();
  const { prisma } = service.app.database;
  const proxies = async () => (await readdir(service.proxyFolder)).map((name) => name.split('_')[0] ?? '').toSorted();
  const remove = async (filename: string, soft: boolean) => {
    const input = `{ id: "${await service.idOf(filename)}", soft: ${soft} }`;
    await service.post({ query: `mutation { deleteMedia(input: ${input}) { __typename } }` });
  };
  const purge = (dryRun: boolean) => {
    const input = `{ statuses: [DELETED], olderThan: "2020-01-01T00:00:00Z", dryRun: ${dryRun} }`;
    return service.post({ query: `mutation { purgeMedia(input: ${input}) { __typename } }` });
  };
  expect(await proxies()).toEqual(['deleted', 'hidden', 'kept', 'purged']);
  await remove('deleted.jpg', false);
  await remove('hidden.jpg', true);
  await remove('purged.jpg', true);
  expect(await proxies()).toEqual(['hidden', 'kept', 'purged']);
  await prisma.mediaItem.updateMany({ where: { filename: 'purged.jpg' }, data: { deletedAt: new Date(0) } });
  await purge(true);
  expect(await proxies()).toEqual(['hidden', 'kept', 'purged']);
  await purge(false);
  expect(await proxies()).toEqual(['hidden', 'kept']);
  expect(await prisma.imageProxy.count()).toBe(2);
});

it('a file whose row may still come is none of it, however old the render was', async () => {
  const service = await startProxyService();
  const files = createProxyFiles(service.proxyFolder);
  const temporaryPath = await files.newTemporaryPath();
  await writeFile(temporaryPath, 'x');
  await utimes(temporaryPath, 0, 0);
  await files.publish([{ temporaryPath, filename: 'new_7_nova.jpg' }]);
  await writeFile(join(service.proxyFolder, 'old_8_nova.jpg'), 'x');
  await utimes(join(service.proxyFolder, 'old_8_nova.jpg'), 0, 0);
  for (const dryRun of [true, false]) {
    expect(await remainsOf(service, null).clear({ dryRun })).toEqual({ removed: 1, left: 0 });
  }
  expect(await readdir(service.proxyFolder)).toEqual(['new_7_nova.jpg']);
});

it('they go on being told by a retry, until there is a store', async () => {
  const service = await startProxyService();
  await service.app.database.prisma.analysisOriginal.create({ data: { s3Key: 'uploads/a.jpg', sizeBytes: 1 } });
  const { job } = await service.batch();
  const retried = await service.app.jobs.retry(job.id);
  const { status } = await service.app.jobs.waitFor(retried.id);
  expect(status).toBe('SUCCEEDED_WITH_ERRORS');
});

it('they are left alone once the signal says so', async () => {
  const service = await startProxyService();
  await mkdir(service.proxyFolder, { recursive: true });
  await writeFile(join(service.proxyFolder, 'old_8_nova.jpg'), 'x');
  await utimes(join(service.proxyFolder, 'old_8_nova.jpg'), 0, 0);
  await service.app.database.prisma.analysisOriginal.create({ data: { s3Key: 'uploads/a.jpg', sizeBytes: 1 } });
  const keys: string[] = [];
  const cleared = await remainsOf(service, keys).clear({ dryRun: false, signal: AbortSignal.abort() });
  expect([cleared, keys]).toEqual([{ removed: 0, left: 0 }, []]);
  expect(await readdir(service.proxyFolder)).toEqual(['old_8_nova.jpg']);
});
