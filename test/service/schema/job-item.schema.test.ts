import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { describeConflict } from '../../../src/library/hashing/model-conflict.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const Errors = `query ($id: ID!) { job(id: $id) { itemErrors {
  totalCount
  edges { node { item media { filename } model { name } pendingImport { legacyId } } }
} } }`;

describeOnEachDatabase('The items that failed in a job', (open) => {
  async function start() {
    const service = await startTestService({ databaseUrl: open.url() });
    const { prisma } = service.app.database;
    await catalogueFiles(service.app.database, service.category('movies'), [
      { relativePath: 'a.mp4' },
      { relativePath: 'b/line\nbreak.mp4' },
    ]);
    await prisma.mediaItem.updateMany({ where: { relativePath: 'a.mp4' }, data: { sha256: 'a'.repeat(64) } });
    const record = { createdAt: new Date(0), meta: {}, searchText: '' };
    await prisma.model.createMany({
      data: [
        { ...record, sha256: 'a'.repeat(64), path: '/models/a.safetensors', name: 'of the item' },
        { ...record, sha256: 'b'.repeat(64), path: '/models/b.safetensors', name: 'of the path, before' },
        { ...record, sha256: 'c'.repeat(64), path: '/models/b.safetensors', name: 'of the path', createdAt: new Date(1) },
      ],
    });
    await prisma.pendingImport.create({
      data: { ...record, id: 12, path: '/models/p.safetensors', legacyPath: 'p', stem: 'p' },
    });
    return service;
  }

  it('lead to what failed, whatever way the job names it', async () => {
    const service = await start();
    const scan = await failIn(service, 'SCAN', [
      { item: 'movies/a.mp4' },
      { item: String.raw`movies/b/line\nbreak.mp4` },
      { item: 'movies/gone.mp4' },
      { item: 'nowhere/a.mp4' },
      { item: String.raw`movies/nul\x00.mp4` },
      { item: 'movies' },
    ]);
    expect(await ask(service, scan)).toEqual([
      ['a.mp4', 'of the item', null],
      ['line\nbreak.mp4', null, null],
      [null, null, null],
      [null, null, null],
      [null, null, null],
      [null, null, null],
    ]);
    const { id } = await service.app.database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.mp4' } });
    const ids = [id, 999_999].map((number) => ({ item: encodePublicId('MediaItem', number) }));
    expect(await ask(service, await failIn(service, 'BULK', ids))).toEqual([
      ['a.mp4', 'of the item', null],
      [null, null, null],
    ]);
    const hash = await failIn(service, 'HASH', [
      { item: join(service.category('movies').rootPath, 'a.mp4') },
      { item: '/models/b.safetensors' },
      { item: '/models/p.safetensors', ...describeConflict('a'.repeat(64), 12) },
      { item: String.raw`/models/nul\x00` },
      { item: 'pictures' },
    ]);
    expect(await ask(service, hash)).toEqual([
      ['a.mp4', 'of the item', null],
      [null, 'of the path', null],
      [null, 'of the item', 12],
      [null, null, null],
      [null, null, null],
    ]);
    const legacy = await failIn(service, 'LEGACY_MIGRATION', [
      { item: 'models/12/images/0' },
      { item: 'models/13' },
      { item: 'models/14', sha256: 'c'.repeat(64) },
      { item: 'models/15/images/0', sha256: 'a'.repeat(64) },
      { item: 'models/16', sha256: 'e'.repeat(64) },
    ]);
    expect(await ask(service, legacy)).toEqual([
      [null, null, 12],
      [null, null, null],
      [null, 'of the path', null],
      [null, 'of the item', null],
      [null, null, null],
    ]);
  });

  it('are read with one statement for a whole page, and counted on all pages', async () => {
    const service = await start();
    const items = Array.from({ length: 60 }, (_, index) => ({ item: `movies/${index === 0 ? 'a' : index}.mp4` }));
    const id = await failIn(service, 'SCAN', items);
    const reads = vi.spyOn(service.app.database.prisma.mediaItem, 'findMany');
    const { body } = await service.post({ query: Errors, variables: { id } });
    expect(body.data).toMatchObject({ job: { itemErrors: { totalCount: 60 } } });
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('count, and so do jobs by their kinds and statuses', async () => {
    const service = await start();
    await failIn(service, 'SCAN', [{ item: 'x' }]);
    await failIn(service, 'HASH', [{ item: 'x' }]);
    const query = `{ all: jobs(first: 1) { totalCount } scans: jobs(first: 0, kinds: [SCAN]) { totalCount }
      running: jobs(statuses: [RUNNING]) { totalCount } }`;
    expect((await service.post({ query })).body.data).toEqual({
      all: { totalCount: 2 },
      scans: { totalCount: 1 },
      running: { totalCount: 0 },
    });
  });
});

async function failIn(service: TestService, kind: string, items: ({ item: string; sha256?: string } & object)[]) {
  const { prisma } = service.app.database;
  const base = { kind, status: 'SUCCEEDED_WITH_ERRORS', input: {}, progress: {} };
  const { id } = await prisma.job.create({ data: { id: `${kind}-${items.length}`, ...base } });
  await prisma.jobItemError.createMany({
    data: items.map((failure) => ({ jobId: id, code: 'X', message: '', at: new Date(), ...failure })),
  });
  return encodePublicId({ SCAN: 'ScanJob', HASH: 'HashJob', BULK: 'BulkJob' }[kind] ?? 'LegacyMigrationJob', id);
}

async function ask(service: TestService, id: string) {
  const { body } = await service.post({ query: Errors, variables: { id } });
  expect(body.errors).toBeUndefined();
  const { job } = body.data as {
    job: { itemErrors: { totalCount: number; edges: { node: Record<string, Record<string, unknown> | null> }[] } };
  };
  return job.itemErrors.edges.map(({ node }) =>
    [node.media?.filename, node.model?.name, node.pendingImport?.legacyId].map((value) => value ?? null),
  );
}
