import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../src/config/media-config.ts';
import { categoryOf } from '../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { openScanLibrary } from '../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

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
});
