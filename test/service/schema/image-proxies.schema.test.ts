import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { photo, startProxyService, touch, type ProxyService } from '../../library/image-proxies/proxy-service.ts';
import { moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const ReadBatch = graphql(/* GraphQL */ `
  query ReadBatch($id: ID!) {
    job(id: $id) {
      kind
      status
      progress {
        done
        total
        percent
        bytesDone
      }
      itemErrors {
        edges {
          node {
            item
            code
          }
        }
      }
      ... on ImageProxyJob {
        dryRun
        report {
          totalImages
          needsResize
          noResizeNeeded
          proxiesCreated
          proxiesSkipped
          errors
          totalOriginalBytes
          totalProxyBytes
          savingsPercent
          remainsRemoved
        }
      }
    }
    imageProxySummary {
      totalImages
      needsResize
      noResizeNeeded
      proxiesCreated
      proxiesSkipped
      errors
    }
  }
`);

/** Two large photographs, a small one, and three that cannot be read: one cut off, one of text, one empty. */
async function serviceOfSix(databaseUrl?: string): Promise<ProxyService> {
  const service = await startProxyService(databaseUrl === undefined ? {} : { databaseUrl });
  const whole = await photo(3);
  await service.writePhoto('a/large-1.jpg', await photo(1));
  await service.writePhoto(
    'a/large-2.png',
    await sharp(await photo(2))
      .png()
      .toBuffer(),
  );
  await service.writePhoto('a/small.jpg', await photo(4, { width: 640, height: 480 }));
  await service.writePhoto('bad/cut-off.jpg', whole.subarray(0, whole.length / 2));
  await service.writePhoto('bad/text.jpg', Buffer.from('hello'));
  await service.writePhoto('bad/empty.jpg', Buffer.alloc(0));
  await service.writeFiles('films', ['film.mp4']);
  await service.scan();
  return service;
}

/** Has an ended job taken up as one whose process was killed. */
async function runAgain({ app }: ProxyService, id: string): Promise<void> {
  const data = { status: 'RUNNING', runner: 'gone:1:x', heartbeatAt: new Date(0), finishedAt: null };
  await app.database.prisma.job.update({ where: { id }, data });
  await app.jobs.recover();
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const counts = {
  totalImages: 6,
  needsResize: 2,
  noResizeNeeded: 1,
  proxiesCreated: 2,
  proxiesSkipped: 1,
  errors: 3,
  remainsRemoved: 0,
};

describeOnEachDatabase('createImageProxies', (open) => {
  it('makes what is needed, and reports what it did and what failed', async () => {
    const service = await serviceOfSix(open.url());
    const { job } = await service.batch();
    const answer = await service.request(ReadBatch, { id: encodePublicId('ImageProxyJob', job.id) });
    const files = await readdir(service.proxyFolder);
    const sizes = await Promise.all(
      files.map(async (name) => (await readFile(join(service.proxyFolder, name))).length),
    );
    const originals = await Promise.all(
      ['a/large-1.jpg', 'a/large-2.png'].map(async (name) => (await readFile(service.photoPath(name))).length),
    );
    const saved = originals.map((original, index) => Math.max(0, original - (sizes[index] ?? 0)));
    expect(answer.job).toEqual({
      kind: 'IMAGE_PROXY',
      status: 'SUCCEEDED_WITH_ERRORS',
      dryRun: false,
      progress: { done: 6, total: 6, percent: 100, bytesDone: sum(saved) },
      itemErrors: {
        edges: expect.arrayContaining([
          { node: { item: 'photos/bad/cut-off.jpg', code: 'UNREADABLE_IMAGE' } },
          { node: { item: 'photos/bad/text.jpg', code: 'UNREADABLE_IMAGE' } },
          { node: { item: 'photos/bad/empty.jpg', code: 'UNREADABLE_IMAGE' } },
        ]),
      },
      report: {
        ...counts,
        totalOriginalBytes: sum(originals),
        totalProxyBytes: sum(sizes),
        savingsPercent: Math.round((1 - sum(sizes) / sum(originals)) * 1000) / 10,
      },
    });
    expect(files.map((name) => name.replace(/\d+_nova/, 'N_nova')).toSorted()).toEqual([
      'large-1_N_nova.jpg',
      'large-2_N_nova.jpg',
    ]);
    expect(answer.imageProxySummary).toMatchObject({ totalImages: 6, proxiesCreated: 2 });
  });

  it('counts in a dry run what the real run counts, writes nothing, and estimates the savings', async () => {
    const service = await serviceOfSix(open.url());
    for (const limit of [undefined, 1, 2, 4]) {
      const dry = await service.batch({ dryRun: true, ...(limit !== undefined && { limit }) });
      expect(await readdir(service.proxyFolder).catch(() => [])).toEqual([]);
      const real = await service.batch(limit === undefined ? {} : { limit });
      const { totalProxyBytes: estimated, ...dryCounts } = dry.report;
      const { totalProxyBytes: actual, ...realCounts } = real.report;
      expect(dryCounts).toEqual(realCounts);
      expect(estimated > actual / 4 && estimated < actual * 4).toBe(true);
      await rm(service.proxyFolder, { recursive: true });
    }
  });

  it('finds done what was done, and makes it again with force', async () => {
    const service = await serviceOfSix(open.url());
    await service.batch();
    const before = await service.app.database.prisma.imageProxy.findMany({ orderBy: { id: 'asc' } });
    const second = await service.batch();
    expect(second.report).toMatchObject({ ...counts, proxiesCreated: 0, proxiesSkipped: 3, totalProxyBytes: 0 });
    const forced = await service.batch({ force: true });
    expect(forced.report).toMatchObject(counts);
    const after = await service.app.database.prisma.imageProxy.findMany({ orderBy: { id: 'asc' } });
    expect(after.map(({ id, sha256 }) => [id, sha256])).toEqual(before.map(({ id, sha256 }) => [id, sha256]));
    expect(new Set(after.map(({ jobId }) => jobId))).toEqual(new Set([forced.job.id]));
  });

  it('goes on after a kill with the counts of what it had made, also with force', async () => {
    const service = await serviceOfSix(open.url());
    const whole = await service.batch({ force: true });
    const { jobs, database } = service.app;
    // As a kill leaves it after the first proxy was stored: the row of the job says that it runs, with nobody there.
    const { id: proxyId } = await database.prisma.imageProxy.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await database.prisma.imageProxy.update({ where: { id: proxyId }, data: { jobId: 'another' } });
    await runAgain(service, whole.job.id);
    const resumed = await jobs.waitFor(whole.job.id);
    expect([resumed.status, resumed.result]).toEqual([whole.job.status, whole.job.result]);
  });

  it('counts what it had made before a kill against its limit', async () => {
    const service = await startProxyService({ databaseUrl: open.url() });
    for (let index = 0; index < 5; index++) await service.writePhoto(`${index}.jpg`, await photo(index));
    await service.scan();
    const { job } = await service.batch({ limit: 3 });
    const { jobs, database } = service.app;
    const { id: lost } = await database.prisma.imageProxy.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await database.prisma.imageProxy.delete({ where: { id: lost } });
    await runAgain(service, job.id);
    const resumed = await jobs.waitFor(job.id);
    expect(resumed.result).toMatchObject({ totalImages: 3, proxiesCreated: 3 });
    expect(resumed.progress).toMatchObject({ done: 3, total: 3 });
    expect(await database.prisma.imageProxy.count()).toBe(3);
  });

  it('passes by what fails, and spends its limit on what gets a proxy', async () => {
    const service = await startProxyService({ databaseUrl: open.url() });
    for (const name of ['1', '2', '3']) await service.writePhoto(`a/${name}.jpg`, Buffer.from('text'));
    for (const seed of [4, 5, 6]) await service.writePhoto(`b/${seed}.jpg`, await photo(seed));
    await service.scan();
    const { prisma } = service.app.database;
    // The broken ones come first.
    const ids = await prisma.mediaItem.findMany({ orderBy: { id: 'asc' }, select: { relativePath: true } });
    expect(ids[0]?.relativePath).toBe('a/1.jpg');
    for (const limit of [1, 2]) {
      const { job, report } = await service.batch({ limit });
      expect(report).toMatchObject({ proxiesCreated: limit, errors: 3 });
      expect(job.progress.done).toBe(job.progress.total);
    }
    expect(await prisma.imageProxy.count()).toBe(3);
  });

  it('renews the proxy of a picture that a scan found changed', async () => {
    const service = await serviceOfSix(open.url());
    await service.batch();
    await service.writePhoto('a/large-1.jpg', await photo(9, { width: 1000, height: 2000 }));
    await touch(service.photoPath('a/large-2.png'), new Date(1_700_000_000_000));
    await service.scan();
    const { report } = await service.batch();
    expect(report).toMatchObject({ ...counts, proxiesCreated: 2 });
    const rows = await service.app.database.prisma.imageProxy.findMany({ orderBy: { filename: 'asc' } });
    expect(rows.map(({ width, height }) => [width, height])).toEqual([
      [896, 1792],
      [1075, 896],
    ]);
  });

  it('does the chosen images, skips what is none, and tells of what is gone', async () => {
    const service = await serviceOfSix(open.url());
    await service.batch({ mediaIds: [await service.idOf('large-1.jpg')] });
    const { id } = await service.app.database.prisma.imageProxy.findFirstOrThrow();
    const { job, report } = await service.batch({
      mediaIds: [
        await service.idOf('large-1.jpg'),
        await service.idOf('large-2.png'),
        await service.idOf('large-2.png'),
        await service.idOf('film.mp4'),
        encodePublicId('ImageProxy', id),
        encodePublicId('MediaItem', 99_999),
      ],
    });
    expect(report).toMatchObject({ totalImages: 2, proxiesCreated: 1, proxiesSkipped: 3, errors: 1 });
    expect(job.progress).toMatchObject({ done: 4, total: 4 });
    const { edges } = await service.app.jobs.itemErrors(job.id, { count: 10, backward: false, cursor: null });
    expect(edges.map(({ node }) => node.code)).toEqual(['MEDIA_NOT_FOUND']);
  });

  it('does what a selection means, whatever is no image or not there, and again what failed of it', async () => {
    const service = await serviceOfSix(open.url());
    const filter = { search: 'l', statuses: ['AVAILABLE', 'MISSING', 'DELETED'] as const };
    const except = [await service.idOf('large-2.png')];
    await moveToStatus(service.app.database, 'small.jpg', 'DELETED');
    const selection = { filter: { ...filter, statuses: [...filter.statuses] }, except };
    // They have an "l": large-1.jpg, small.jpg and film.mp4.
    const planned = await service.batch({ selection: { filter: { search: 'l' }, except }, dryRun: true });
    expect(planned.report).toMatchObject({ proxiesCreated: 1 });
    expect(await readdir(service.proxyFolder).catch(() => [])).toEqual([]);
    const { job, report } = await service.batch({ selection });
    expect(job.status).toBe('SUCCEEDED');
    expect(report).toMatchObject({ proxiesCreated: 1, errors: 0 });
    expect(job.progress).toMatchObject({ done: 3, total: 3 });
    const bad = await service.batch({ selection: { filter: { search: 'bad' } } });
    expect(bad.report).toMatchObject({ proxiesCreated: 0, errors: 3 });
    const again = await service.app.jobs.waitFor((await service.app.jobs.retry(bad.job.id)).id);
    expect(again).toMatchObject({ result: { errors: 3 }, progress: { total: 3 } });
    const named = await service.batch({ selection: { ids: [encodePublicId('MediaItem', 99_999)] } });
    expect(named.job.status).toBe('SUCCEEDED_WITH_ERRORS');
    await expect(service.startBatch({ selection: { filter: {} }, mediaIds: except })).rejects.toThrow(/input\.selection"/);
    await expect(service.startBatch({ selection: { filter: { sha256: 'x' } } })).rejects.toThrow(
      /input\.selection\.filter\.sha256/,
    );
    await expect(service.startBatch({ selection: { filter: { categories: ['none'] } } })).rejects.toThrow(/UNKNOWN_CAT/);
  });

  it('does only the failed images again when it is retried', async () => {
    const service = await serviceOfSix(open.url());
    const { job } = await service.batch();
    await service.writePhoto('bad/text.jpg', await photo(5));
    const retried = await service.app.jobs.retry(job.id);
    const { result } = await service.app.jobs.waitFor(retried.id);
    expect(result).toMatchObject({ totalImages: 3, proxiesCreated: 1, errors: 2 });
  });

  it('looks again, when it is retried, for an item that was not there', async () => {
    const service = await startProxyService({ databaseUrl: open.url() });
    const { job } = await service.batch({ mediaIds: [encodePublicId('MediaItem', 99_999)] });
    const retried = await service.app.jobs.retry(job.id);
    const { status, result, progress } = await service.app.jobs.waitFor(retried.id);
    expect([status, result, progress]).toMatchObject([
      'SUCCEEDED_WITH_ERRORS',
      { totalImages: 0, errors: 1 },
      { done: 1, total: 1 },
    ]);
  });

  it('removes what is left of images that are gone, and counts it', async () => {
    const service = await serviceOfSix(open.url());
    await service.batch();
    const { prisma } = service.app.database;
    await prisma.mediaItem.delete({
      where: { id: (await prisma.mediaItem.findFirstOrThrow({ where: { filename: 'large-1.jpg' } })).id },
    });
    await writeFile(join(service.proxyFolder, 'nobodys_7_nova.jpg'), 'x');
    await mkdir(join(service.proxyFolder, 'lost+found'));
    await writeFile(join(service.proxyFolder, '.rendering-now'), 'x');
    await writeFile(join(service.proxyFolder, '.rendering-abandoned'), 'x');
    for (const name of ['nobodys_7_nova.jpg', '.rendering-abandoned'])
      await utimes(join(service.proxyFolder, name), 0, 0);
    const dry = await service.batch({ dryRun: true });
    const { report } = await service.batch();
    expect([dry.report.remainsRemoved, report.remainsRemoved]).toEqual([3, 3]);
    expect((await readdir(service.proxyFolder)).map((name) => name.replace(/\d+_/, ''))).toEqual([
      '.rendering-now',
      'large-2_nova.jpg',
      'lost+found',
    ]);
    expect(await prisma.imageProxy.count()).toBe(1);
  });
});

describe('createImageProxies', () => {
  it('stops when it is cancelled, and a new one takes up what is left', async () => {
    const service = await startProxyService();
    for (let index = 0; index < 30; index++) await service.writePhoto(`${index}.jpg`, await photo(index));
    await service.scan();
    const id = await service.startBatch();
    for await (const { progress } of service.app.jobs.watch(id)) if (progress.total !== null) break;
    await service.app.jobs.cancel(id);
    const cancelled = await service.app.jobs.waitFor(id);
    expect(cancelled.status).toBe('CANCELLED');
    const made = await service.app.database.prisma.imageProxy.count();
    expect(made).toBeLessThan(30);
    const { report } = await service.batch();
    expect(report).toMatchObject({ totalImages: 30, proxiesCreated: 30 - made, proxiesSkipped: made });
    expect(await readdir(service.proxyFolder)).toHaveLength(30);
  });

  it('refuses what makes no sense, and a second batch beside the first', async () => {
    const service = await startProxyService();
    await service.writePhoto('a.jpg', await photo());
    await service.scan();
    await expect(service.startBatch({ limit: 0 })).rejects.toThrow(/input\.limit/);
    await expect(service.startBatch({ mediaIds: ['???'] })).rejects.toThrow(/input\.mediaIds/);
    await expect(service.startBatch({ profile: 'none' })).rejects.toThrow(/UNKNOWN_PROFILE/);
    const both = await Promise.allSettled([service.startBatch(), service.startBatch()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('makes none of its own files, where a category holds their folder', async () => {
    const service = await startProxyService();
    await service.writePhoto('a.jpg', await photo());
    await service.scan();
    await service.batch();
    await service.writeConfig([
      { key: 'photos', default: true, media_type: 'image', include_patterns: ['**/*'] },
      { key: 'films', media_type: 'image', root_path: join(service.folder, 'data'), include_patterns: ['**/*.jpg'] },
    ]);
    await service.app.mediaConfig.reload();
    await service.scan();
    const { report } = await service.batch({ force: true });
    expect(report).toMatchObject({ totalImages: 1, proxiesCreated: 1, proxiesSkipped: 0 });
  });
});
