import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import type { ScanMediaInput } from '../../generated/graphql.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { holdScans } from '../../support/held-scans.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const StartScan = graphql(/* GraphQL */ `
  mutation StartScan($input: ScanMediaInput!) {
    scanMedia(input: $input) {
      __typename
      ... on ScanJob {
        id
        kind
        status
        dryRun
        summary {
          dryRun
        }
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        field
      }
      ... on ScanAlreadyRunningError {
        categories
        job {
          id
        }
      }
    }
  }
`);

const ReadScan = graphql(/* GraphQL */ `
  query ReadScan($id: ID!) {
    job(id: $id) {
      __typename
      status
      progress {
        done
        total
        percent
      }
      ... on ScanJob {
        summary {
          scannedAt
          dryRun
          configVersion
          selectedCategories
          totals {
            added
            updated
            unchanged
            moved
            missing
            filesScanned
            filesFound
            categories
            loggedMissing
          }
          categories {
            category
            rootPath
            filesFound
            filesScanned
            added
            updated
            unchanged
            moved
            missing
            missingPaths
            errors {
              path
              code
              message
            }
            limited
            dryRun
            rootExists
            notes
          }
        }
      }
    }
    media {
      totalCount
    }
  }
`);

async function start(service: TestService, input: ScanMediaInput = {}) {
  return (await service.request(StartScan, { input })).scanMedia;
}

/** Scans over GraphQL, waits for the end, and reads the job and the size of the library. */
async function scan(service: TestService, input: ScanMediaInput = {}) {
  const started = await start(service, input);
  if (started.__typename !== 'ScanJob') throw new Error(started.message);
  await service.app.jobs.waitFor(Buffer.from(started.id, 'base64url').toString().replace('ScanJob:', ''));
  const { job, media } = await service.request(ReadScan, { id: started.id });
  const summary = job?.__typename === 'ScanJob' ? job.summary : null;
  return { started, job, summary, totalCount: media.totalCount };
}

describeOnEachDatabase('scanMedia', (open) => {
  it('answers the job at once, which tells what was done when it has ended', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await service.writeFiles('movies', ['a.mp4', 'b/c.mkv', 'notes.txt']);
    const { started, job, totalCount } = await scan(service);
    expect(started).toEqual({
      __typename: 'ScanJob',
      id: expect.any(String),
      kind: 'SCAN',
      status: 'QUEUED',
      dryRun: false,
      summary: null,
    });
    const none = { updated: 0, unchanged: 0, moved: 0, missing: 0 };
    const category = {
      ...none,
      missingPaths: [],
      errors: [],
      limited: false,
      dryRun: false,
      rootExists: true,
      notes: [],
    };
    expect(job).toEqual({
      __typename: 'ScanJob',
      status: 'SUCCEEDED',
      progress: { done: 2, total: 2, percent: 100 },
      summary: {
        scannedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        dryRun: false,
        configVersion: 2,
        selectedCategories: ['movies', 'photos'],
        totals: { ...none, added: 2, filesScanned: 2, filesFound: 2, categories: 2, loggedMissing: 0 },
        categories: [
          {
            ...category,
            category: 'movies',
            rootPath: service.category('movies').rootPath,
            filesFound: 2,
            filesScanned: 2,
            added: 2,
          },
          {
            ...category,
            category: 'photos',
            rootPath: service.category('photos').rootPath,
            filesFound: 0,
            filesScanned: 0,
            added: 0,
          },
        ],
      },
    });
    expect(totalCount).toBe(2);
  });

  it('shows on a dry run what the real run then does, and writes nothing', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await service.writeFiles('movies', ['a.mp4', 'b.mp4']);
    await scan(service);
    await rm(join(service.category('movies').rootPath, 'a.mp4'));
    await service.writeFiles('movies', ['c.mp4', 'd.mp4']);
    const dry = await scan(service, { dryRun: true });
    expect(dry.started).toMatchObject({ dryRun: true });
    expect(dry.summary).toMatchObject({
      dryRun: true,
      totals: { added: 2, missing: 1, unchanged: 1, loggedMissing: 0 },
    });
    expect(dry.totalCount).toBe(2);
    const real = await scan(service);
    expect(real.summary).toMatchObject({
      dryRun: false,
      totals: { added: 2, missing: 1, unchanged: 1, loggedMissing: 1 },
    });
    expect(real.summary?.categories[0]).toMatchObject({ missing: 1, missingPaths: ['a.mp4'] });
    expect(real.totalCount).toBe(4);
  });

  it('scans the named categories alone, and of a limit only so many files', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await service.writeFiles('movies', ['a.mp4', 'b.mp4', 'c.mp4']);
    await service.writeFiles('photos', ['a.jpg']);
    const { summary } = await scan(service, { categories: ['movies'], limit: 2 });
    expect(summary).toMatchObject({
      selectedCategories: ['movies'],
      totals: { added: 2, filesScanned: 2, filesFound: 3, categories: 1 },
    });
    expect(summary?.categories).toMatchObject([{ limited: true, notes: ['processing limited to first 2 files'] }]);
    // Whoever wants the same again can ask how it was started.
    await scan(service, { categories: ['photos'], full: true, adoptRoot: true });
    const query = '{ jobs(kinds: [SCAN]) { edges { node { ... on ScanJob { categories limit full adoptRoot } } } } }';
    expect((await service.post({ query })).body.data).toEqual({
      jobs: {
        edges: [
          { node: { categories: ['photos'], limit: null, full: true, adoptRoot: true } },
          { node: { categories: ['movies'], limit: 2, full: false, adoptRoot: false } },
        ],
      },
    });
  });

  it('refuses what cannot be scanned, and starts no job', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const unknown = { __typename: 'UnknownCategoryError', code: 'UNKNOWN_CATEGORY' };
    const invalid = { __typename: 'InvalidInputError', code: 'INVALID_INPUT' };
    const wrong: [ScanMediaInput, object][] = [
      [{ categories: ['movies', 'nothing'] }, { ...unknown, message: expect.stringContaining('"nothing"') }],
      [{ categories: [] }, { ...invalid, field: 'input.categories', message: expect.any(String) }],
      [{ limit: 0 }, { ...invalid, field: 'input.limit', message: expect.stringContaining('0') }],
      [{ limit: -1 }, { ...invalid, field: 'input.limit', message: expect.stringContaining('-1') }],
    ];
    for (const [input, expected] of wrong) expect(await start(service, input)).toEqual(expected);
    expect(await service.app.database.prisma.job.count()).toBe(0);
  });

  it('names the scan that is at work on the same category, and lets others run beside it', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const held = holdScans(service.app);
    const running = await start(service, { categories: ['movies'] });
    expect(running).toMatchObject({ __typename: 'ScanJob' });
    expect(await start(service)).toEqual({
      __typename: 'ScanAlreadyRunningError',
      code: 'SCAN_ALREADY_RUNNING',
      message: expect.stringContaining('movies'),
      categories: ['movies'],
      job: { id: running.__typename === 'ScanJob' ? running.id : encodePublicId('ScanJob', 'none') },
    });
    expect(await start(service, { categories: ['photos'] })).toMatchObject({ __typename: 'ScanJob' });
    held.finish();
  });
});
