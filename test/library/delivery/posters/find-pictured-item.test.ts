import { expect, it } from 'vitest';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { findPicturedItem } from '../../../../src/library/delivery/posters/find-pictured-item.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });

describeOnEachDatabase('an item whose picture is asked for', (open) => {
  it('is found with all that its picture depends on, as it is at the moment', async () => {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg' }]);
    const customMetadata = { cover: 'data:,x' };
    const changed = { posterPath: 'p.webp', customMetadata, placeholder: 'abc', seasonNumber: 3 };
    const row = await database.prisma.mediaItem.update({ where: { id: 1 }, data: changed });
    const { rootPath, copypartyPath } = photos;
    const mediaConfig = { findCategory: (key: string) => (key === 'photos' ? { rootPath, copypartyPath } : undefined) };
    const find = (id: string) => findPicturedItem({ database, mediaConfig }, id);
    const id = encodePublicId('MediaItem', 1);
    expect(await find(id)).toEqual({
      id: 1,
      category: 'photos',
      relativePath: 'a.jpg',
      signature: row.signature,
      updatedAt: row.updatedAt,
      storageFormat: row.storageFormat,
      status: 'AVAILABLE',
      mediaType: photos.mediaType,
      rootPath,
      copypartyPath,
      ...changed,
    });

    await moveToStatus(database, 'a.jpg', 'DELETED');
    expect(await find(id)).toMatchObject({ status: 'DELETED' });
    const other = { findCategory: () => undefined };
    expect(await findPicturedItem({ database, mediaConfig: other }, id)).toBeNull();
    expect([await find(encodePublicId('MediaItem', 2)), await find('nonsense')]).toEqual([null, null]);
  });
});
