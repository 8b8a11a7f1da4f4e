import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import type { DeleteMediaInput } from '../../generated/graphql.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makePicture, upload } from '../../support/upload.ts';

const DeleteMedia = graphql(/* GraphQL */ `
  mutation DeleteMedia($input: DeleteMediaInput!) {
    deleteMedia(input: $input) {
      __typename
      ... on DeletedMedia {
        id
        mode
        fileRemoved
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const RestoreMedia = graphql(/* GraphQL */ `
  mutation RestoreMedia($id: ID!) {
    restoreMedia(id: $id) {
      __typename
      ... on MediaItem {
        id
        status
        title
        deletedAt
        missingSince
      }
      ... on Error {
        code
      }
    }
  }
`);

const StatusOf = graphql(/* GraphQL */ `
  query StatusOf($id: ID!) {
    mediaItem(id: $id) {
      status
      title
    }
    media {
      totalCount
    }
  }
`);

async function scan({ app }: TestService) {
  const job = await app.jobs.waitFor((await app.scanner.start({ categories: ['movies'] })).id);
  const { categories } = job.result as unknown as {
    categories: { added: number; updated: number; missing: number }[];
  };
  return categories.map(({ added, updated, missing }) => ({ added, updated, missing }))[0];
}

const remove = async (service: TestService, input: DeleteMediaInput) =>
  (await service.request(DeleteMedia, { input })).deleteMedia;
const restore = async (service: TestService, id: string) => (await service.request(RestoreMedia, { id })).restoreMedia;

describeOnEachDatabase('deleteMedia and restoreMedia', (open) => {
  /** The service with one scanned film, of a title that a person gave. */
  async function start() {
    const logDir = await temporaryFolder();
    const service = await startTestService({ databaseUrl: open.url(), environment: { LOG_DIR: logDir } });
    await service.writeFiles('movies', ['deep/film.mp4', 'other.mp4']);
    await scan(service);
    const item = await service.app.database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'film.mp4' } });
    await service.app.database.prisma.mediaItem.update({
      where: { id: item.id },
      data: { title: 'Mine', titleSetByPerson: true },
    });
    const root = service.category('movies').rootPath;
    const deletions = async () =>
      (await readFile(join(logDir, 'media_deletions.log'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line));
    return { service, id: encodePublicId('MediaItem', item.id), root, path: join(root, 'deep/film.mp4'), deletions };
  }

  const nothingToDo = { added: 0, updated: 0, missing: 0 };

  it('hides an item softly: it keeps its row, its file and its place, until it is restored with all it had', async () => {
    const { service, id } = await start();
    const soft = { __typename: 'DeletedMedia', id, mode: 'SOFT', fileRemoved: false };
    expect(await remove(service, { id, soft: true })).toEqual(soft);
    expect(await remove(service, { id, soft: true })).toEqual(soft);
    expect(await scan(service)).toEqual(nothingToDo);
    expect(await service.request(StatusOf, { id })).toEqual({
      mediaItem: { status: 'DELETED', title: 'Mine' },
      media: { totalCount: 1 },
    });
    const back = {
      __typename: 'MediaItem',
      id,
      status: 'AVAILABLE',
      title: 'Mine',
      deletedAt: null,
      missingSince: null,
    };
    expect(await restore(service, id)).toEqual(back);
    expect(await restore(service, id)).toEqual(back);
    expect(await scan(service)).toEqual(nothingToDo);
  });

  it('restores an item whose file is gone as missing, and the file brings it back', async () => {
    const { service, id, path } = await start();
    await remove(service, { id, soft: true });
    await rename(path, `${path}.away`);
    expect(await restore(service, id)).toMatchObject({ status: 'MISSING', missingSince: expect.any(String) });
    await rename(`${path}.away`, path);
    expect(await scan(service)).toEqual({ added: 0, updated: 1, missing: 0 });
    expect(await service.request(StatusOf, { id })).toMatchObject({
      mediaItem: { status: 'AVAILABLE', title: 'Mine' },
    });
  });

  it('removes a row for good, and a scan finds its file as a new one', async () => {
    const { service, id, path, root, deletions } = await start();
    expect(await remove(service, { id })).toEqual({ __typename: 'DeletedMedia', id, mode: 'HARD', fileRemoved: false });
    expect(await deletions()).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        category: 'movies',
        root_path: root,
        path: 'deep/film.mp4',
        previous_status: 'available',
        action: 'deleted',
      },
    ]);
    expect((await service.request(StatusOf, { id })).mediaItem).toBeNull();
    expect(await remove(service, { id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(await restore(service, id)).toEqual({ __typename: 'MediaNotFoundError', code: 'MEDIA_NOT_FOUND' });
    expect(await readdir(join(path, '..'))).toEqual(['film.mp4']);
    expect(await scan(service)).toEqual({ added: 1, updated: 0, missing: 0 });
  });

  it('removes the file too, if that is wanted, and says where there was none', async () => {
    const { service, id, path, deletions } = await start();
    expect(await remove(service, { id, removeFile: true })).toMatchObject({ mode: 'HARD', fileRemoved: true });
    expect(await readdir(join(path, '..'))).toEqual([]);
    expect(await scan(service)).toEqual(nothingToDo);

    const other = await service.app.database.prisma.mediaItem.findFirstOrThrow();
    await rm(join(service.category('movies').rootPath, 'other.mp4'));
    const otherId = encodePublicId('MediaItem', other.id);
    expect(await remove(service, { id: otherId, removeFile: true })).toMatchObject({ fileRemoved: false });
    expect(await service.app.database.prisma.mediaItem.count()).toBe(0);
    expect(await deletions()).toMatchObject([
      { path: 'deep/film.mp4', action: 'deleted_with_file' },
      { path: 'other.mp4', action: 'deleted' },
    ]);
  });

  it.each<[string, (path: string, root: string) => Promise<void>]>([
    ['a file that was changed', (path) => writeFile(path, 'written again')],
    [
      'a link',
      async (path, root) => {
        await rename(path, join(root, 'real.mp4'));
        await symlink(join(root, 'real.mp4'), path);
      },
    ],
    [
      'a folder',
      async (path) => {
        await rm(path);
        await mkdir(path);
      },
    ],
    [
      'a file in a folder that became a link out of the root',
      async (path, root) => {
        await rename(join(path, '..'), join(root, '..', 'outside'));
        await symlink(join(root, '..', 'outside'), join(path, '..'));
      },
    ],
  ])('leaves %s alone, together with the row', async (_what, change) => {
    const { service, id, path, root } = await start();
    await change(path, root);
    const before = await readdir(join(root, '..'), { recursive: true });
    expect(await remove(service, { id, removeFile: true })).toMatchObject({
      __typename: 'StorageError',
      message: expect.stringContaining('Nothing was removed'),
    });
    expect(await readdir(join(root, '..'), { recursive: true })).toEqual(before);
    expect((await service.request(StatusOf, { id })).mediaItem).toMatchObject({ title: 'Mine' });
  });

  it('leaves row and status alone while the disk is away', async () => {
    const { service, id, root } = await start();
    await rename(root, `${root}-away`);
    await mkdir(root);
    const refused = { __typename: 'StorageError', message: expect.stringContaining('is offline') };
    expect(await remove(service, { id, removeFile: true })).toMatchObject(refused);
    await remove(service, { id, soft: true });
    expect(await restore(service, id)).toEqual({ __typename: 'StorageError', code: 'STORAGE_ERROR' });
    expect((await service.request(StatusOf, { id })).mediaItem).toMatchObject({ status: 'DELETED' });
    await rm(root, { recursive: true });
    await rename(`${root}-away`, root);
    expect(await restore(service, id)).toMatchObject({ status: 'AVAILABLE' });
    expect(await remove(service, { id, removeFile: true })).toMatchObject({ fileRemoved: true });
  });

  it('does not hide an item and remove its file at once', async () => {
    const { service, id } = await start();
    expect(await remove(service, { id, soft: true, removeFile: true })).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await service.request(StatusOf, { id })).mediaItem).toMatchObject({ status: 'AVAILABLE' });
  });

  it('answers that there is no such item for IDs of nothing and of something else', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    for (const id of [encodePublicId('MediaItem', 99), encodePublicId('ScanJob', 'x'), 'rubbish', '']) {
      expect(await remove(service, { id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
      expect(await restore(service, id)).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    }
  });
});

it('takes the cached pictures of an item away with it', async () => {
  const service = await startTestService();
  const { result } = await upload(service.url, await makePicture(), 'a.png', { category: 'photos' });
  const thumbnails = join(service.incomingDir, '..', 'thumbnails');
  const base = service.url.replace('/graphql', '');
  for (const picture of ['poster', 'thumbnail?size=small', 'thumbnail?size=large']) {
    expect((await fetch(`${base}/media/${String(result.id)}/${picture}`)).status).toBe(200);
  }
  const pictures = async () =>
    (await readdir(thumbnails, { recursive: true })).filter((name) => name.endsWith('.webp'));
  expect((await pictures()).length).toBeGreaterThan(0);
  await service.request(DeleteMedia, { input: { id: String(result.id) } });
  await expect.poll(pictures).toEqual([]);
});
