import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../src/base/config/media-config.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { pathOrderOf } from '../../../src/library/metadata/sort-keys.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

describeOnEachDatabase('A scan after a folder was renamed', (open) => {
  async function openPhotos(files: string[], overrides: Partial<CategoryConfig> = {}) {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, [...files, 'keep.jpg']);
    const photos = categoryOf({ key: 'photos', rootPath: root, ...overrides });
    const library = await openScanLibrary(database, [photos]);
    await library.scan();
    await library.probe();
    const find = (filename: string) =>
      database.prisma.mediaItem.findFirstOrThrow({ where: { filename }, include: { shelf: true } });
    return { database, photos, library, find, renameFolder: () => rename(join(root, 'old'), join(root, 'new')) };
  }

  it('describes its files as the configuration has it now, where that changed too', async () => {
    const { photos, library, find, renameFolder } = await openPhotos(['old/a.jpg']);
    const { id } = await find('a.jpg');
    await renameFolder();
    const hierarchyLevels = ['album', 'picture'].map((name) => ({ name, key: name }));
    library.configure([{ ...photos, mediaType: 'VIDEO', storageFormat: 'ITEM', hierarchyLevels }]);
    expect((await library.scan()).only).toMatchObject({ moved: 1, updated: 1, added: 0, missing: 0 });
    const described = {
      storageFormat: 'ITEM',
      shelf: { category: 'photos', mediaType: 'VIDEO', status: 'AVAILABLE' },
    };
    expect(await find('keep.jpg')).toMatchObject(described);
    const hierarchy = [
      { name: 'album', value: 'new' },
      { name: 'picture', value: 'a' },
    ];
    expect(await find('a.jpg')).toMatchObject({ id, relativePath: 'new/a.jpg', hierarchy, ...described });
    expect((await library.scan()).only).toMatchObject({ unchanged: 2 });
  });

  it('keeps the titles and descriptions of persons, and sets the levels of the new folder', async () => {
    const hierarchyLevels = ['album', 'picture'].map((name) => ({ name, key: name }));
    const { database, library, find, renameFolder } = await openPhotos(['old/a.jpg', 'old/b.jpg'], { hierarchyLevels });
    const { id } = await find('a.jpg');
    const byPerson = { title: 'Ours', titleKey: 'ours', titleSetByPerson: true, description: 'Über uns' };
    const searchText = 'ours\nuber uns\nold/a.jpg';
    await database.prisma.mediaItem.update({ where: { id }, data: { ...byPerson, searchText } });
    const before = [await find('a.jpg'), await find('b.jpg')];
    await renameFolder();
    expect((await library.scan()).only).toMatchObject({ moved: 2, updated: 0, added: 0, missing: 0, unchanged: 1 });
    expect([await find('a.jpg'), await find('b.jpg')]).toEqual([
      { ...before[0], ...moved('a', 'ours\nuber uns\nnew/a.jpg') },
      { ...before[1], ...moved('b', 'b\nnew/b.jpg') },
    ]);
  });

  it('reads season and disc of the new folder', async () => {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, ['Show/Season 1/Show - 03.jpg', 'Album/CD1/05 Name.jpg']);
    const shows = categoryOf({ key: 'photos', rootPath: root, mediaType: 'AUDIO', storageFormat: 'SERIES' });
    const library = await openScanLibrary(database, [{ ...shows, includePatterns: ['**/*'] }]);
    await library.scan();
    await library.probe();
    const numbers = { seasonNumber: true, episodeNumber: true, discNumber: true, trackNumber: true };
    const read = () =>
      database.prisma.mediaItem.findMany({ select: { id: true, ...numbers }, orderBy: { filename: 'asc' } });
    const before = await read();
    await rename(join(root, 'Show/Season 1'), join(root, 'Show/Season 2'));
    await rename(join(root, 'Album/CD1'), join(root, 'Album/CD2'));
    expect((await library.scan()).only).toMatchObject({ moved: 2, updated: 0, added: 0, missing: 0 });
    expect(before).toMatchObject([
      { discNumber: 1, trackNumber: 5 },
      { seasonNumber: 1, episodeNumber: 3 },
    ]);
    expect(await read()).toEqual([
      { ...before[0], discNumber: 2 },
      { ...before[1], seasonNumber: 2 },
    ]);
  });

  it.each([
    ['longer than the whole text', 'x'],
    ['another that ends alike', 'b\nbeside old/b.jpg'],
  ])('builds a search text anew that ends with another path: the old one is %s', async (_, searchText) => {
    const { database, library, find, renameFolder } = await openPhotos(['old/b.jpg', 'old/ours.jpg']);
    await database.prisma.mediaItem.updateMany({ data: { searchText } });
    const byPerson = { title: 'Ours', titleSetByPerson: true, description: 'Über uns' };
    await database.prisma.mediaItem.updateMany({ where: { filename: 'ours.jpg' }, data: byPerson });
    await renameFolder();
    expect((await library.scan()).only).toMatchObject({ moved: 2 });
    expect(await find('b.jpg')).toMatchObject({ searchText: 'b\nnew/b.jpg' });
    expect(await find('ours.jpg')).toMatchObject({ searchText: 'ours\nuber uns\nnew/ours.jpg' });
  });
});

/** What is another of an item whose folder was renamed. */
function moved(name: string, searchText: string) {
  return {
    relativePath: `new/${name}.jpg`,
    pathOrder: pathOrderOf(`new/${name}.jpg`),
    signature: expect.any(String),
    hierarchy: [
      { name: 'album', value: 'new' },
      { name: 'picture', value: name },
    ],
    searchText,
    updatedAt: expect.any(Date),
    lastSeenAt: expect.any(Date),
  };
}
