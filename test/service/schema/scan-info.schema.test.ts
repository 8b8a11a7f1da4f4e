import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles, moveToStatus } from '../../support/catalogued-files.ts';
import { holdScans } from '../../support/held-scans.ts';
import { startTestService } from '../../support/test-service.ts';

const ReadScanInfo = graphql(/* GraphQL */ `
  query ReadScanInfo {
    scanInfo {
      status
      activeScan {
        id
        status
      }
      lastScan {
        dryRun
        selectedCategories
      }
      configVersion
      directories {
        category
        rootPath
        exists
        readable
        writable
      }
      supportedExtensions
      library {
        totalItems
        totalSizeBytes
        totalSizeFormatted
        categories {
          key
          label
          count
          sizeBytes
        }
        mediaTypes {
          mediaType
          count
          sizeBytes
        }
      }
    }
  }
`);

it('describes an empty library, its folders and its rules', async () => {
  const service = await startTestService({
    categories: [
      { key: 'movies', label: 'Movies', default: true, include_patterns: ['**/*.mkv', '**/*.{MP4,webm}'] },
      { key: 'photos', label: 'Photos', media_type: 'image', include_patterns: ['**/*.jpg'] },
    ],
  });
  const rootOf = (key: string) => service.category(key).rootPath;
  await rm(rootOf('photos'), { recursive: true });
  expect(await service.request(ReadScanInfo)).toEqual({
    scanInfo: {
      status: 'IDLE',
      activeScan: null,
      lastScan: null,
      configVersion: 2,
      directories: [
        { category: 'movies', rootPath: rootOf('movies'), exists: true, readable: true, writable: true },
        { category: 'photos', rootPath: rootOf('photos'), exists: false, readable: false, writable: false },
      ],
      supportedExtensions: ['.jpg', '.mkv', '.mp4', '.webm'],
      library: {
        totalItems: 0,
        totalSizeBytes: 0,
        totalSizeFormatted: '0 Bytes',
        categories: [
          { key: 'movies', label: 'Movies', count: 0, sizeBytes: 0 },
          { key: 'photos', label: 'Photos', count: 0, sizeBytes: 0 },
        ],
        mediaTypes: ['VIDEO', 'AUDIO', 'IMAGE'].map((mediaType) => ({ mediaType, count: 0, sizeBytes: 0 })),
      },
    },
  });
});

it('sums up the available items alone', async () => {
  const service = await startTestService();
  const { database } = service.app;
  const gibibyte = 1024 ** 3;
  const films = ['a.mp4', 'b.mp4'].map((relativePath) => ({ relativePath, sizeBytes: 1.5 * gibibyte }));
  await catalogueFiles(database, service.category('movies'), films);
  await catalogueFiles(database, service.category('photos'), [{ relativePath: 'c.jpg', sizeBytes: 10 }]);
  await moveToStatus(database, 'b.mp4', 'MISSING');
  const { scanInfo } = await service.request(ReadScanInfo);
  expect(scanInfo.library).toEqual({
    totalItems: 2,
    totalSizeBytes: 1.5 * gibibyte + 10,
    totalSizeFormatted: '1.50 GB',
    categories: [
      { key: 'movies', label: 'Movies', count: 1, sizeBytes: 1.5 * gibibyte },
      { key: 'photos', label: 'Photos', count: 1, sizeBytes: 10 },
    ],
    mediaTypes: [
      { mediaType: 'VIDEO', count: 1, sizeBytes: 1.5 * gibibyte },
      { mediaType: 'AUDIO', count: 0, sizeBytes: 0 },
      { mediaType: 'IMAGE', count: 1, sizeBytes: 10 },
    ],
  });
});

it('tells the scan that is at work, and afterwards what the last real one did', async () => {
  const service = await startTestService();
  const { jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({ categories: ['photos'] })).id);
  await jobs.waitFor((await scanner.start({ dryRun: true })).id);
  const lastScan = { dryRun: false, selectedCategories: ['photos'] };
  expect(await service.request(ReadScanInfo)).toMatchObject({
    scanInfo: { status: 'IDLE', activeScan: null, lastScan },
  });

  holdScans(service.app);
  const { id } = await scanner.start({});
  expect(await service.request(ReadScanInfo)).toMatchObject({
    scanInfo: { status: 'RUNNING', activeScan: { id: encodePublicId('ScanJob', id) }, lastScan },
  });
  await jobs.cancel(id);
  await jobs.waitFor(id);
  expect(await service.request(ReadScanInfo)).toMatchObject({
    scanInfo: { status: 'IDLE', activeScan: null, lastScan },
  });
});

it('tells when scans come by themselves, and what each was started for', async () => {
  const quiet = await startTestService();
  const times = '{ scanInfo { schedule nextScanAt isWatching } }';
  expect((await quiet.post({ query: times })).body.data).toEqual({
    scanInfo: { schedule: null, nextScanAt: null, isWatching: false },
  });
  const busy = await startTestService({ environment: { SCAN_SCHEDULE: '0 3 * * *', WATCH: 'on' } });
  const { body } = await busy.post({ query: times });
  expect(body.data).toEqual({
    scanInfo: { schedule: '0 3 * * *', nextScanAt: expect.stringMatching(/:00:00\.000Z$/), isWatching: true },
  });

  await quiet.writeFiles('photos', ['2024/Alps/a.jpg']);
  const { jobs, scanner } = quiet.app;
  const { id } = await scanner.start({ paths: ['photos/2024/Alps', 'movies'], dryRun: true, limit: 5 });
  await jobs.waitFor(id);
  const applying = await scanner.applyPlan(id);
  await jobs.waitFor(applying.id);
  const query = `query ($id: ID!) { job(id: $id) { ... on ScanJob { categories paths limit appliesPlanOf } } }`;
  const started = { categories: ['movies', 'photos'], paths: ['photos/2024/Alps', 'movies'], limit: 5 };
  const publicId = encodePublicId('ScanJob', id);
  expect((await quiet.post({ query, variables: { id: publicId } })).body.data).toEqual({
    job: { ...started, appliesPlanOf: null },
  });
  expect((await quiet.post({ query, variables: { id: encodePublicId('ScanJob', applying.id) } })).body.data).toEqual({
    job: { ...started, appliesPlanOf: publicId },
  });
});
