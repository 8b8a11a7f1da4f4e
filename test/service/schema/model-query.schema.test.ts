import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { describeOnEachDatabase, type OpenTestDatabase } from '../../support/databases.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { subscribeOverSse } from '../../support/subscribe.ts';
import { startTestService } from '../../support/test-service.ts';

const Calculate = graphql(/* GraphQL */ `
  mutation Calculate($input: CalculateSha256Input!) {
    calculateSha256(input: $input) {
      __typename
      ... on Sha256Calculation {
        sha256
        sizeBytes
        migrated
        model {
          name
          tags {
            name
          }
          images {
            seq
            url(quality: LOW)
          }
        }
        media {
          filename
          sha256
          model {
            name
          }
        }
      }
      ... on ModelConflictError {
        model {
          name
        }
        pendingImport {
          legacyId
        }
      }
      ... on Error {
        code
      }
    }
  }
`);

const Migrate = graphql(/* GraphQL */ `
  mutation Migrate($input: MigrateLegacyDatabaseInput!) {
    migrateLegacyDatabase(input: $input) {
      __typename
      ... on LegacyMigrationJob {
        id
        reportUrl
      }
      ... on LegacyDatabaseError {
        fault
      }
      ... on Error {
        code
      }
    }
  }
`);

const ListModels = graphql(/* GraphQL */ `
  query ListModels(
    $search: String
    $tagIds: [Int!]
    $type: String
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    models(search: $search, tagIds: $tagIds, type: $type, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
        startCursor
      }
      edges {
        node {
          id
          sha256
          name
          type
          sizeBytes
          createdAt
          meta
          tags {
            tagId
            name
            modelCount
          }
        }
      }
    }
  }
`);

const ListPending = graphql(/* GraphQL */ `
  query ListPending($search: String, $first: Int, $after: String) {
    pendingImports(search: $search, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          legacyId
          path
          legacyPath
          name
          tags {
            name
          }
          imageUrls
        }
      }
    }
  }
`);

const HashPending = graphql(/* GraphQL */ `
  mutation HashPending($input: HashPendingModelsInput!) {
    hashPendingModels(input: $input) {
      __typename
      ... on HashJob {
        id
      }
      ... on InvalidInputError {
        field
      }
    }
  }
`);

const ReadHashJob = graphql(/* GraphQL */ `
  query ReadHashJob($id: ID!) {
    job(id: $id) {
      status
      ... on HashJob {
        report {
          total
          hashed
          migrated
          conflicts
          missing
          errors
          bytesHashed
        }
      }
      itemErrors {
        edges {
          node {
            item
            code
          }
        }
      }
    }
  }
`);

const FindByHash = graphql(/* GraphQL */ `
  query FindByHash($sha256: String!, $ids: [ID!]!) {
    model(sha256: $sha256) {
      name
      images {
        seq
        url
      }
    }
    tags(search: "O") {
      tagId
      name
      modelCount
    }
    nodes(ids: $ids) {
      __typename
      id
    }
  }
`);

async function startLegacyService(open: OpenTestDatabase, legacyModels = defaultModels) {
  const folder = await temporaryFolder();
  const legacy = join(folder, 'legacy');
  const models = join(folder, 'models');
  await mkdir(models, { recursive: true });
  for (const name of ['one.png', 'two.png'])
    await writePicture(join(legacy, 'media', name), { width: 300, height: 200 });
  writeLegacyDatabase(join(legacy, 'hikaze_mm.sqlite3'), {
    tags: [
      [1, 'anime'],
      [2, 'photo'],
      [3, 'Oil'],
    ],
    models: legacyModels(models),
    modelTags: [
      [1, 1],
      [1, 2],
      [2, 2],
      [3, 3],
    ],
  });
  const service = await startTestService({
    databaseUrl: open.url(),
    environment: { MODEL_ROOTS: models, LEGACY_ROOTS: legacy, DATA_DIR: join(folder, 'data') },
  });
  const input = { legacyDbPath: join(legacy, 'hikaze_mm.sqlite3'), legacyImagesDir: join(legacy, 'media') };
  const migrate = async () => {
    const { migrateLegacyDatabase: job } = await service.request(Migrate, { input });
    if (job.__typename !== 'LegacyMigrationJob') throw new Error(JSON.stringify(job));
    await service.app.jobs.waitFor(jobKey(job.id));
    return job;
  };
  return { service, input, models, legacy, migrate };
}

function defaultModels(folder: string) {
  return [
    { id: 1, path: join(folder, 'a.bin'), name: 'Alpha', type: 'lora', hash_hex: sha256Of('alpha'), created_at: 1000 },
    {
      id: 2,
      path: join(folder, 'b.bin'),
      name: 'Beta',
      type: 'checkpoint',
      hash_hex: sha256Of('beta'),
      created_at: 2000,
    },
    {
      id: 3,
      path: join(folder, 'pending 100%.bin'),
      name: 'Pending',
      extra_json: extraWith(['/media/one.png', '/media/two.png']),
    },
    { id: 4, path: join(folder, 'gone.bin'), name: 'Gone' },
  ];
}

function jobKey(id: string): string {
  return Buffer.from(id, 'base64url').toString().split(':')[1] ?? '';
}

describeOnEachDatabase('Model records', (open) => {
  it('are listed with filters, a page at a time', async () => {
    const { service, migrate } = await startLegacyService(open);
    await migrate();
    const list = async (variables: object) => {
      const { models } = await service.request(ListModels, variables);
      return { names: models.edges.map(({ node }) => node.name), ...models };
    };
    const all = await list({});
    expect(all).toMatchObject({ names: ['Beta', 'Alpha'], totalCount: 2 });
    expect(all.edges[1]?.node).toEqual({
      id: encodePublicId('Model', sha256Of('alpha')),
      sha256: sha256Of('alpha'),
      name: 'Alpha',
      type: 'lora',
      sizeBytes: 16,
      createdAt: '1970-01-01T00:00:01.000Z',
      meta: {},
      tags: [
        { tagId: 1, name: 'anime', modelCount: 1 },
        { tagId: 2, name: 'photo', modelCount: 2 },
      ],
    });
    expect((await list({ search: 'ALPH' })).names).toEqual(['Alpha']);
    expect((await list({ search: 'b.bin' })).names).toEqual(['Beta']);
    expect((await list({ search: '%' })).names).toEqual([]);
    expect((await list({ tagIds: [2] })).names).toEqual(['Beta', 'Alpha']);
    expect((await list({ tagIds: [1, 2] })).names).toEqual(['Alpha']);
    expect((await list({ type: 'checkpoint' })).names).toEqual(['Beta']);
    const first = await list({ first: 1 });
    expect(first).toMatchObject({
      names: ['Beta'],
      totalCount: 2,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await list({ first: 1, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ names: ['Alpha'], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect((await list({ last: 1, before: second.pageInfo.startCursor })).names).toEqual(['Beta']);
    await expect(list({ after: 'nonsense' })).rejects.toThrow('is not a cursor');
    await expect(list({ search: 'x'.repeat(201) })).rejects.toThrow('at most 200');
  });

  it('are found by hash, by node ID, and beside tags', async () => {
    const { service, migrate } = await startLegacyService(open);
    await migrate();
    const ids = [
      encodePublicId('Model', sha256Of('alpha')),
      encodePublicId('Tag', 2),
      encodePublicId('PendingImport', 3),
      encodePublicId('PendingImport', 99_999_999_999),
      encodePublicId('Tag', -1),
    ];
    const found = await service.request(FindByHash, { sha256: sha256Of('alpha').toUpperCase(), ids });
    expect(found).toEqual({
      model: { name: 'Alpha', images: [] },
      tags: [
        { tagId: 3, name: 'Oil', modelCount: 0 },
        { tagId: 2, name: 'photo', modelCount: 2 },
      ],
      nodes: [
        { __typename: 'Model', id: ids[0] },
        { __typename: 'Tag', id: ids[1] },
        { __typename: 'PendingImport', id: ids[2] },
        null,
        null,
      ],
    });
  });

  it('wait as pending imports until their file is hashed, and then have tags and pictures', async () => {
    const { service, migrate, models } = await startLegacyService(open);
    await migrate();
    const { pendingImports } = await service.request(ListPending, { first: 1 });
    expect(pendingImports).toEqual({
      totalCount: 2,
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      edges: [
        {
          node: {
            id: encodePublicId('PendingImport', 3),
            legacyId: 3,
            path: join(models, 'pending 100%.bin'),
            legacyPath: join(models, 'pending 100%.bin'),
            name: 'Pending',
            tags: [{ name: 'Oil' }],
            imageUrls: ['/images/pending/3_0_pending_100_.png', '/images/pending/3_1_pending_100_.png'],
          },
        },
      ],
    });
    const rest = await service.request(ListPending, { after: pendingImports.pageInfo.endCursor });
    expect(rest.pendingImports.edges.map(({ node }) => node.name)).toEqual(['Gone']);
    expect((await service.request(ListPending, { search: 'gone' })).pendingImports.totalCount).toBe(1);

    const path = join(models, 'pending 100%.bin');
    await writeFile(path, 'content');
    const input = { path, pendingStatus: 'IGNORE' } as const;
    const ignored = await service.request(Calculate, { input });
    expect(ignored.calculateSha256).toEqual({
      __typename: 'Sha256Calculation',
      sha256: sha256Of('content'),
      sizeBytes: 7,
      migrated: false,
      model: null,
      media: null,
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.request(Calculate, { input: { path, pendingStatus: 'PENDING' } })),
    );
    const migrated = answers.filter(({ calculateSha256: answer }) => 'migrated' in answer && answer.migrated);
    expect(migrated).toHaveLength(1);
    expect(new Set(answers.map(({ calculateSha256: { __typename } }) => __typename))).toEqual(
      new Set(['Sha256Calculation']),
    );
    expect(migrated[0]?.calculateSha256).toMatchObject({
      migrated: true,
      model: {
        name: 'Pending',
        tags: [{ name: 'Oil' }],
        images: [0, 1].map((seq) => ({ seq, url: `/images/${sha256Of('content')}_${seq}_low.webp` })),
      },
    });
  });

  it('are told of by errors as data', async () => {
    const { service, migrate, models, legacy, input } = await startLegacyService(open);
    await migrate();
    await writeFile(join(models, 'pending 100%.bin'), 'alpha');
    const calculate = async (path: string) =>
      (await service.request(Calculate, { input: { path, pendingStatus: 'PENDING' } })).calculateSha256;
    expect(await calculate(join(models, 'pending 100%.bin'))).toEqual({
      __typename: 'ModelConflictError',
      code: 'MODEL_CONFLICT',
      model: { name: 'Alpha' },
      pendingImport: { legacyId: 3 },
    });
    expect(await calculate(join(models, 'gone.bin'))).toEqual({
      __typename: 'FileNotFoundError',
      code: 'FILE_NOT_FOUND',
    });
    expect(await calculate('/etc/passwd')).toEqual({ __typename: 'PathNotAllowedError', code: 'PATH_NOT_ALLOWED' });
    expect(await calculate(models)).toEqual({ __typename: 'FileNotHashableError', code: 'FILE_NOT_HASHABLE' });
    const migrateFrom = async (legacyDbPath: string) =>
      (await service.request(Migrate, { input: { ...input, legacyDbPath } })).migrateLegacyDatabase;
    expect(await migrateFrom(join(legacy, 'none.sqlite3'))).toEqual({
      __typename: 'LegacyDatabaseError',
      code: 'LEGACY_DATABASE',
      fault: 'MISSING',
    });
    expect(await migrateFrom('/etc/passwd')).toEqual({ __typename: 'PathNotAllowedError', code: 'PATH_NOT_ALLOWED' });
  });

  it('fill in the hash of what is catalogued, and are found from there', async () => {
    const { service, migrate } = await startLegacyService(open);
    await migrate();
    await service.writeFiles('movies', ['film.mp4']);
    const { id } = await service.app.scanner.start({});
    await service.app.jobs.waitFor(id);
    const path = join(service.category('movies').rootPath, 'film.mp4');
    await service.app.database.prisma.model.create({
      data: { sha256: sha256Of('film.mp4'), path, name: 'Film', createdAt: new Date(), meta: {}, searchText: 'film' },
    });
    const { calculateSha256: answer } = await service.request(Calculate, { input: { path, pendingStatus: 'IGNORE' } });
    expect(answer).toMatchObject({
      sha256: sha256Of('film.mp4'),
      media: { filename: 'film.mp4', sha256: sha256Of('film.mp4'), model: { name: 'Film' } },
    });
    // A file that is another than the one that was scanned keeps its item without a hash.
    await writeFile(path, 'another');
    const again = await service.request(Calculate, { input: { path, pendingStatus: 'IGNORE' } });
    expect(again.calculateSha256).toMatchObject({
      sha256: sha256Of('another'),
      media: { sha256: sha256Of('film.mp4') },
    });
  });

  it('are completed by a job, which tells of the files that it could not hash', async () => {
    const { service, migrate, models } = await startLegacyService(open);
    await migrate();
    await writeFile(join(models, 'pending 100%.bin'), 'content');
    const { hashPendingModels: job } = await service.request(HashPending, { input: {} });
    if (job.__typename !== 'HashJob') throw new Error('no job');
    await service.app.jobs.waitFor(jobKey(job.id));
    const read = await service.request(ReadHashJob, { id: job.id });
    expect(read.job).toEqual({
      status: 'SUCCEEDED_WITH_ERRORS',
      report: { total: 2, hashed: 1, migrated: 1, conflicts: 0, missing: 1, errors: 0, bytesHashed: 7 },
      itemErrors: { edges: [{ node: { item: join(models, 'gone.bin'), code: 'FILE_NOT_FOUND' } }] },
    });
    await writeFile(join(models, 'gone.bin'), 'back');
    const { id } = await service.app.jobs.retry(jobKey(job.id));
    expect((await service.app.jobs.waitFor(id)).result).toMatchObject({ total: 1, hashed: 1, migrated: 1 });
    const { hashPendingModels: refused } = await service.request(HashPending, { input: { limit: 0 } });
    expect(refused).toEqual({ __typename: 'InvalidInputError', field: 'input.limit' });
    const ids = [encodePublicId('MediaItem', 1)];
    const wrong = await service.request(HashPending, { input: { ids } });
    expect(wrong.hashPendingModels).toEqual({ __typename: 'InvalidInputError', field: 'input.ids' });
  });

  it('come from a migration that can be followed, and whose report can be downloaded', async () => {
    const { service, migrate } = await startLegacyService(open);
    const job = await migrate();
    const states: unknown[] = [];
    const query = `subscription ($id: ID) { migrationProgress(jobId: $id) {
      status progress { done total } report { models { found migrated alreadyPresent skipped errors } } } }`;
    for await (const state of subscribeOverSse(service.url, { query, variables: { id: job.id } }))
      states.push(state.data);
    expect(states.at(-1)).toEqual({
      migrationProgress: {
        status: 'SUCCEEDED',
        progress: { done: 13, total: 13 },
        report: { models: { found: 2, migrated: 2, alreadyPresent: 0, skipped: 0, errors: 0 } },
      },
    });
    const response = await fetch(new URL(job.reportUrl, service.url));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="legacy_migration-/);
    expect(await response.json()).toMatchObject({
      kind: 'LEGACY_MIGRATION',
      status: 'SUCCEEDED',
      report: { pendingImages: { found: 2, migrated: 2 } },
      itemErrors: [],
    });
    expect((await fetch(new URL('/jobs/nonsense/report.json', service.url))).status).toBe(404);
  });
});
