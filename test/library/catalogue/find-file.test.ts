import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { createCatalogue } from '../../../src/library/catalogue/catalogue.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });

describeOnEachDatabase('the file of an item', (open) => {
  it('is found by the public ID, with its status, as long as its category is configured', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'trip/a.jpg' }]);
    const configured = new Map([['photos', photos]]);
    const findCategory = (key: string) => configured.get(key);
    const current = () => Object.assign(Object.create(null), { categories: [photos] });
    const { findFile } = createCatalogue({ database, mediaConfig: { findCategory, current } });
    const id = encodePublicId('MediaItem', 1);
    const { mimeType } = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id: 1 } });
    expect(await findFile(id)).toEqual({
      category: 'photos',
      rootPath: photos.rootPath,
      copypartyPath: photos.copypartyPath,
      relativePath: 'trip/a.jpg',
      filename: 'a.jpg',
      mimeType,
      status: 'AVAILABLE',
    });
    await moveToStatus(database, 'a.jpg', 'MISSING');
    expect(await findFile(id)).toMatchObject({ status: 'MISSING' });
    expect([await findFile(encodePublicId('MediaItem', 9)), await findFile('nonsense')]).toEqual([null, null]);
    configured.clear();
    expect(await findFile(id)).toBeNull();
  });
});
