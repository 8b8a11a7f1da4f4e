import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles, moveToStatus } from '../../support/catalogued-files.ts';
import { startTestService } from '../../support/test-service.ts';

const ListCategories = graphql(/* GraphQL */ `
  query ListCategories {
    categories {
      key
      label
      isDefault
      mediaType
      storageFormat
      rootPath
      rootExists
      counts {
        available
        missing
        deleted
        total
      }
      totalSizeBytes
      lastScannedAt
      playback
      ui
    }
  }
`);

const ReadCategory = graphql(/* GraphQL */ `
  query ReadCategory($key: String!) {
    category(key: $key) {
      label
      lastScannedAt
    }
  }
`);

const configured = [
  { key: 'movies', label: 'Movies', default: true, playback: { profile: 'cinema' }, ui: { sort: 'title' } },
  { key: 'photos', label: 'Photos', media_type: 'image', storage_format: 'item' },
];

it('lists the configured categories in their order, with what they hold', async () => {
  const service = await startTestService({ categories: configured });
  const { database } = service.app;
  const files = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'].map((relativePath) => ({
    relativePath,
    sizeBytes: 3_000_000_000,
  }));
  await catalogueFiles(database, service.category('movies'), files);
  await moveToStatus(database, 'c.mp4', 'MISSING');
  await moveToStatus(database, 'd.mp4', 'DELETED');
  const photos = service.category('photos').rootPath;
  await rm(photos, { recursive: true });
  expect(await service.request(ListCategories)).toEqual({
    categories: [
      {
        key: 'movies',
        label: 'Movies',
        isDefault: true,
        mediaType: 'VIDEO',
        storageFormat: 'COLLECTION',
        rootPath: service.category('movies').rootPath,
        rootExists: true,
        counts: { available: 2, missing: 1, deleted: 1, total: 4 },
        totalSizeBytes: 6_000_000_000,
        lastScannedAt: null,
        playback: { profile: 'cinema' },
        ui: { sort: 'title' },
      },
      {
        key: 'photos',
        label: 'Photos',
        isDefault: false,
        mediaType: 'IMAGE',
        storageFormat: 'ITEM',
        rootPath: photos,
        rootExists: false,
        counts: { available: 0, missing: 0, deleted: 0, total: 0 },
        totalSizeBytes: 0,
        lastScannedAt: null,
        playback: null,
        ui: null,
      },
    ],
  });
});

it('gives one category by its key, null for a key that is not configured', async () => {
  const service = await startTestService({ categories: configured });
  expect(await service.request(ReadCategory, { key: 'photos' })).toEqual({
    category: { label: 'Photos', lastScannedAt: null },
  });
  for (const key of ['Photos', 'nothing', '']) {
    expect(await service.request(ReadCategory, { key })).toEqual({ category: null });
  }
});

it('tells when a scan last went through a category; dry runs do not count', async () => {
  const service = await startTestService({ categories: configured });
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({ dryRun: true })).id);
  expect(await service.request(ReadCategory, { key: 'movies' })).toMatchObject({ category: { lastScannedAt: null } });
  const before = Date.now();
  await jobs.waitFor((await scanner.start({ categories: ['movies'] })).id);
  const { category } = await service.request(ReadCategory, { key: 'movies' });
  expect(Date.parse(category?.lastScannedAt ?? '')).toBeGreaterThanOrEqual(before);
  expect(await service.request(ReadCategory, { key: 'photos' })).toMatchObject({ category: { lastScannedAt: null } });
});
