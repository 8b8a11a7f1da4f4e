import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import type { PurgeMediaInput } from '../../generated/graphql.ts';
import { moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const Purge = graphql(/* GraphQL */ `
  mutation Purge($input: PurgeMediaInput!) {
    purgeMedia(input: $input) {
      __typename
      ... on PurgedMedia {
        items
        sizeBytes
        dryRun
      }
      ... on Error {
        code
      }
    }
  }
`);

const ListTrash = graphql(/* GraphQL */ `
  query ListTrash {
    media(filter: { statuses: [MISSING, DELETED] }, orderBy: { field: FILENAME }) {
      edges {
        node {
          filename
          status
        }
      }
    }
  }
`);

describeOnEachDatabase('The trash', (open) => {
  async function openService() {
    const logDir = await temporaryFolder();
    const service = await startTestService({ databaseUrl: open.url(), environment: { LOG_DIR: logDir } });
    await service.writeFiles('movies', ['deleted.mp4', 'keep.mp4', 'missing.mp4', 'recent.mp4']);
    const scan = async () => service.app.jobs.waitFor((await service.app.scanner.start({})).id);
    await scan();
    const { prisma } = service.app.database;
    const lose = async (name: string) => rm(join(service.category('movies').rootPath, name));
    await lose('missing.mp4');
    await lose('recent.mp4');
    await moveToStatus(service.app.database, 'deleted.mp4', 'DELETED');
    await scan();
    await prisma.mediaItem.updateMany({
      where: { filename: { in: ['missing.mp4', 'deleted.mp4'] } },
      data: { missingSince: new Date('2026-01-01'), deletedAt: new Date('2026-01-01') },
    });
    const purge = async (input: Omit<PurgeMediaInput, 'olderThan'>) =>
      (await service.request(Purge, { input: { olderThan: '2026-02-01T00:00:00Z', ...input } })).purgeMedia;
    const list = async () =>
      (await service.request(ListTrash)).media.edges.map(({ node }) => `${node.status} ${node.filename}`);
    const deletions = async () =>
      (await readFile(join(logDir, 'media_deletions.log'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    return { service, purge, list, deletions };
  }

  it('is listed, counted, and forgotten by age, with a line in the log for each item', async () => {
    const { service, purge, list, deletions } = await openService();
    expect(await list()).toEqual(['DELETED deleted.mp4', 'MISSING missing.mp4', 'MISSING recent.mp4']);
    const counted = { __typename: 'PurgedMedia', items: 2, sizeBytes: 22 };
    expect(await purge({ dryRun: true })).toEqual({ ...counted, dryRun: true });
    expect(await list()).toHaveLength(3);
    expect(await purge({})).toEqual({ ...counted, dryRun: false });
    expect(await list()).toEqual(['MISSING recent.mp4']);
    expect((await deletions()).slice(2)).toEqual(
      [
        ['missing.mp4', 'missing'],
        ['deleted.mp4', 'deleted'],
      ].map(([path, previousStatus]) => ({
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        category: 'movies',
        root_path: service.category('movies').rootPath,
        path,
        previous_status: previousStatus,
        action: 'purged',
      })),
    );
    expect(await service.app.database.prisma.mediaItem.count()).toBe(2);
    expect(await purge({})).toMatchObject({ items: 0 });
  });

  it('is forgotten in part by status and category', async () => {
    const { purge, list } = await openService();
    expect(await purge({ categories: ['photos'] })).toMatchObject({ items: 0 });
    expect(await purge({ statuses: ['DELETED'], categories: ['movies'] })).toMatchObject({ items: 1 });
    expect(await list()).toEqual(['MISSING missing.mp4', 'MISSING recent.mp4']);
  });

  it('is forgotten of categories that left the configuration, and whoever listens hears of it', async () => {
    const { service, purge } = await openService();
    const { prisma } = service.app.database;
    const { id } = await prisma.mediaItem.findFirstOrThrow({ where: { filename: 'missing.mp4' } });
    await prisma.mediaItem.updateMany({ data: { rootCategory: 'gone' } });
    const heard = service.app.mediaEvents.watch('gone', new AbortController().signal);
    const changes = heard.next();
    expect(await purge({ statuses: ['MISSING'] })).toMatchObject({ items: 1 });
    expect((await changes).value).toMatchObject({ category: 'gone', removed: [id] });
    await heard.return?.();
  });

  it('never takes what is available, and knows its categories', async () => {
    const { purge, list } = await openService();
    const invalid = { __typename: 'InvalidInputError', code: 'INVALID_INPUT' };
    expect(await purge({ statuses: ['AVAILABLE', 'MISSING'] })).toEqual(invalid);
    expect(await purge({ statuses: [] })).toEqual(invalid);
    expect(await purge({ categories: ['nothing'] })).toMatchObject({ __typename: 'UnknownCategoryError' });
    expect(await list()).toHaveLength(3);
  });
});
