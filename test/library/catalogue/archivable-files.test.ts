import { expect, it } from 'vitest';
import { createArchivableFiles } from '../../../src/library/catalogue/archivable-files.ts';
import { encodePublicId } from '../../../src/base/public-id.ts';
import type { MediaConfig } from '../../../src/base/config/media-config.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });
const films = categoryOf({ key: 'films', mediaType: 'VIDEO', copypartyPath: '/media/films' });
const removed = categoryOf({ key: 'removed' });

describeOnEachDatabase('the files of an archive', (open) => {
  it('are those behind the IDs, in their order, across categories', async () => {
    const { files, idOf } = await openLibrary(open);
    const unavailable = ['deleted.jpg', 'unconfigured.jpg'];
    const ids = await Promise.all(['film.mp4', 'b.jpg', ...unavailable, 'missing.jpg'].map(idOf));
    const found = await files.select([
      ...ids,
      'nonsense',
      encodePublicId('MediaItem', 999_999),
      encodePublicId('Job', 1),
    ]);
    expect(found.map((file) => file?.relativePath ?? null)).toEqual([
      'film.mp4',
      'a/b.jpg',
      null,
      null,
      'missing.jpg',
      null,
      null,
      null,
    ]);
    expect(found[0]).toEqual({
      category: 'films',
      rootPath: '/srv/films',
      copypartyPath: '/media/films',
      relativePath: 'film.mp4',
      sizeBytes: 1000,
      contentType: 'video/mp4',
    });
  });

  it('are the available ones of a folder, up to a limit', async () => {
    const { files } = await openLibrary(open);
    const pathsOf = async (folder: string, limit = 10) =>
      (await files.below('photos', folder, limit)).map(({ relativePath }) => relativePath);
    expect(await pathsOf('')).toEqual(['a/b.jpg', 'a/c/d.jpg']);
    expect(await pathsOf('a/c')).toEqual(['a/c/d.jpg']);
    expect(await pathsOf('', 1)).toEqual(['a/b.jpg']);
    expect(await pathsOf('nothing')).toEqual([]);
    expect(await pathsOf('nul\0 \ud800')).toEqual([]);
  });

  it('are none of a category that is not configured, which is said', async () => {
    const { files } = await openLibrary(open);
    await expect(files.below('removed', '', 10)).rejects.toMatchObject({
      code: 'UNKNOWN_CATEGORY',
      message: '"removed" is no category of the configuration. It has: photos, films.',
    });
  });
});

async function openLibrary(open: () => Promise<Database>) {
  const database = await open();
  await catalogueFiles(
    database,
    photos,
    ['a/b.jpg', 'a/c/d.jpg', 'deleted.jpg', 'missing.jpg'].map((relativePath) => ({ relativePath })),
  );
  await catalogueFiles(database, films, [{ relativePath: 'film.mp4' }]);
  await catalogueFiles(database, removed, [{ relativePath: 'unconfigured.jpg' }]);
  await moveToStatus(database, 'deleted.jpg', 'DELETED');
  await moveToStatus(database, 'missing.jpg', 'MISSING');
  const categories = [photos, films];
  const files = createArchivableFiles({
    database,
    mediaConfig: {
      current: () => ({ categories }) as MediaConfig,
      findCategory: (key) => categories.find((category) => category.key === key),
    },
  });
  const idOf = async (filename: string) => {
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename } });
    return encodePublicId('MediaItem', id);
  };
  return { files, idOf };
}
