import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestService } from '../../support/test-service.ts';

const UpdateMany = graphql(/* GraphQL */ `
  mutation UpdateMany($selection: MediaSelection!, $changes: UpdateMediaManyChanges!) {
    updateMediaMany(selection: $selection, changes: $changes) {
      __typename
      ... on BulkJob {
        id
        action
      }
      ... on InvalidInputError {
        field
      }
      ... on Error {
        code
      }
    }
  }
`);

const HideMany = graphql(/* GraphQL */ `
  mutation HideManyOfTest($selection: MediaSelection!) {
    hideMediaMany(selection: $selection) {
      __typename
      ... on BulkJob {
        id
      }
      ... on Error {
        code
      }
    }
  }
`);

const DeleteMany = graphql(/* GraphQL */ `
  mutation DeleteMany($selection: MediaSelection!, $expectedCount: Int!, $removeFiles: Boolean!) {
    deleteMediaMany(selection: $selection, expectedCount: $expectedCount, removeFiles: $removeFiles) {
      __typename
      ... on BulkJob {
        id
        action
      }
      ... on SelectionNotConfirmedError {
        expectedCount
        count
      }
      ... on Error {
        code
      }
    }
  }
`);

const CountMany = graphql(/* GraphQL */ `
  query CountMany($selection: MediaSelection!) {
    selectedMediaCount(selection: $selection)
  }
`);

const UndoMany = graphql(/* GraphQL */ `
  mutation UndoMany($id: ID!) {
    undoBulkJob(id: $id) {
      __typename
      ... on BulkJob {
        id
      }
      ... on Error {
        code
      }
    }
  }
`);

const HashMany = graphql(/* GraphQL */ `
  mutation HashMany($selection: MediaSelection!) {
    hashMedia(selection: $selection) {
      __typename
      ... on HashJob {
        id
      }
      ... on Error {
        code
      }
    }
  }
`);

const ReadMany = graphql(/* GraphQL */ `
  query ReadMany($id: ID!) {
    media(filter: { statuses: [AVAILABLE, MISSING, DELETED] }, orderBy: { field: FILENAME }) {
      edges {
        node {
          filename
          status
          tags
        }
      }
    }
    jobs(kinds: [BULK]) {
      edges {
        node {
          kind
        }
      }
    }
    job(id: $id) {
      status
      requestedBy
      itemErrors {
        edges {
          node {
            item
            code
          }
        }
      }
      ... on BulkJob {
        action
        canUndo
        report {
          changed
          unchanged
          failed
        }
      }
    }
  }
`);

const idOf = (number: number) => encodePublicId('MediaItem', number);

it('many items are changed, hidden and brought back over GraphQL, and whoever watches is told', async () => {
  const service = await startTestService();
  const { jobs, scanner, mediaEvents } = service.app;
  await service.writeFiles('movies', ['a.mp4', 'b.mp4', 'c.mp4']);
  await jobs.waitFor((await scanner.start({ categories: ['movies'] })).id);
  const ended = async (id: string) => {
    await jobs.waitFor(Buffer.from(id, 'base64url').toString().slice('BulkJob:'.length));
    return service.request(ReadMany, { id });
  };
  const files = ({ media }: Awaited<ReturnType<typeof ended>>) =>
    media.edges.map(({ node }) => [node.filename, node.status, ...node.tags].join(' '));
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const told = mediaEvents.watch('movies', leave.signal);

  const filter = { categories: ['movies'] };
  const changes = { addTags: ['Sea'] };
  const { updateMediaMany: asked } = await service.request(UpdateMany, {
    selection: { filter, except: [idOf(2)] },
    changes,
  });
  expect(asked).toMatchObject({ __typename: 'BulkJob', action: 'UPDATE' });
  const changed = await ended((asked as { id: string }).id);
  expect(files(changed)).toEqual(['a.mp4 AVAILABLE Sea', 'b.mp4 AVAILABLE', 'c.mp4 AVAILABLE Sea']);
  expect(changed.job).toEqual({
    status: 'SUCCEEDED',
    requestedBy: 'everybody',
    itemErrors: { edges: [] },
    action: 'UPDATE',
    canUndo: false,
    report: { changed: 2, unchanged: 0, failed: 0 },
  });
  expect((await told.next()).value).toMatchObject({ category: 'movies', updated: [1, 3] });

  const both = { filter, ids: [idOf(1)] };
  const refused = await service.request(UpdateMany, { selection: both, changes });
  expect(refused.updateMediaMany).toEqual({ __typename: 'InvalidInputError', field: 'selection', code: 'INVALID_INPUT' });
  const unknown = await service.request(HideMany, { selection: { filter: { categories: ['none'] } } });
  expect(unknown.hideMediaMany).toMatchObject({ __typename: 'UnknownCategoryError' });

  const { hideMediaMany: hiding } = await service.request(HideMany, {
    selection: { ids: [idOf(1), idOf(2), idOf(9)] },
  });
  const { id } = hiding as { id: string };
  const hidden = await ended(id);
  expect(files(hidden)).toEqual(['a.mp4 DELETED Sea', 'b.mp4 DELETED', 'c.mp4 AVAILABLE Sea']);
  expect(hidden.job).toMatchObject({
    status: 'SUCCEEDED_WITH_ERRORS',
    itemErrors: { edges: [{ node: { item: idOf(9), code: 'MEDIA_NOT_FOUND' } }] },
    canUndo: true,
    report: { changed: 2, unchanged: 0, failed: 1 },
  });

  await rm(join(service.category('movies').rootPath, 'b.mp4'));
  const { undoBulkJob: undoing } = await service.request(UndoMany, { id });
  const undone = await ended((undoing as { id: string }).id);
  expect(files(undone)).toEqual(['a.mp4 AVAILABLE Sea', 'b.mp4 MISSING', 'c.mp4 AVAILABLE Sea']);
  expect(undone.jobs.edges).toHaveLength(3);
  expect((await service.request(UndoMany, { id })).undoBulkJob).toMatchObject({ code: 'JOB_NOT_UNDOABLE' });
  expect((await service.request(UndoMany, { id: idOf(1) })).undoBulkJob).toMatchObject({ code: 'JOB_NOT_FOUND' });
});

it('the files of a selection are hashed, as far as they have no hash', async () => {
  const service = await startTestService();
  const { database, jobs, scanner } = service.app;
  await service.writeFiles('movies', ['a.mp4', 'b.mp4', 'c.mp4']);
  await jobs.waitFor((await scanner.start({ categories: ['movies'] })).id);
  const selection = { filter: { categories: ['movies'] }, except: [idOf(2)] };
  const hash = async () => {
    const { hashMedia } = await service.request(HashMany, { selection });
    const { id } = hashMedia as { id: string };
    return jobs.waitFor(Buffer.from(id, 'base64url').toString().slice('HashJob:'.length));
  };
  expect(await hash()).toMatchObject({ status: 'SUCCEEDED', result: { total: 2, hashed: 2 } });
  const unhashed = await database.prisma.mediaItem.findMany({ where: { sha256: null }, select: { id: true } });
  expect(unhashed).toEqual([{ id: 2 }]);
  expect(await hash()).toMatchObject({ result: { total: 0, hashed: 0 } });
  const { hashMedia: refused } = await service.request(HashMany, { selection: {} });
  expect(refused).toEqual({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
});

it('a part of a list is deleted for good with its files, each as one is, and what is not as catalogued stays', async () => {
  const logDir = await temporaryFolder();
  const service = await startTestService({ environment: { LOG_DIR: logDir } });
  const { jobs, scanner } = service.app;
  const names = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'];
  await service.writeFiles('movies', names);
  await jobs.waitFor((await scanner.start({ categories: ['movies'] })).id);
  const { rootPath } = service.category('movies');
  await writeFile(join(rootPath, 'c.mp4'), 'another film than before');
  const orderBy = { field: 'FILENAME', direction: 'DESC' } as const;
  const between = { from: idOf(2), to: idOf(4), filter: { categories: ['movies'] }, orderBy };
  const selection = { between, except: [] };
  expect(await service.request(CountMany, { selection })).toEqual({ selectedMediaCount: 3 });
  const request = { selection, removeFiles: true };
  expect((await service.request(DeleteMany, { ...request, expectedCount: 4 })).deleteMediaMany).toEqual({
    __typename: 'SelectionNotConfirmedError',
    expectedCount: 4,
    count: 3,
    code: 'SELECTION_NOT_CONFIRMED',
  });
  const gone = { ...request, selection: { between: { ...between, to: idOf(99) } }, expectedCount: 3 };
  expect((await service.request(DeleteMany, gone)).deleteMediaMany).toMatchObject({ code: 'INVALID_INPUT' });

  const { deleteMediaMany: asked } = await service.request(DeleteMany, { ...request, expectedCount: 3 });
  expect(asked).toMatchObject({ __typename: 'BulkJob', action: 'DELETE' });
  const { id } = asked as { id: string };
  await jobs.waitFor(Buffer.from(id, 'base64url').toString().slice('BulkJob:'.length));
  const done = await service.request(ReadMany, { id });
  expect(done.media.edges.map(({ node }) => node.filename)).toEqual(['a.mp4', 'c.mp4', 'e.mp4']);
  expect((await readdir(rootPath)).filter((name) => name.endsWith('.mp4'))).toEqual(['a.mp4', 'c.mp4', 'e.mp4']);
  expect(done.job).toMatchObject({
    status: 'SUCCEEDED_WITH_ERRORS',
    report: { changed: 2, unchanged: 0, failed: 1 },
    itemErrors: { edges: [{ node: { item: idOf(3), code: 'STORAGE_ERROR' } }] },
    canUndo: false,
  });
  const log = await readFile(join(logDir, 'media_deletions.log'), 'utf8');
  const lines = log.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject(
    ['b.mp4', 'd.mp4'].map((path) => ({
      category: 'movies',
      root_path: rootPath,
      path,
      previous_status: 'available',
      action: 'deleted_with_file',
    })),
  );
});
