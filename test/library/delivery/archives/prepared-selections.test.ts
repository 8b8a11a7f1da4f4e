import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { createArchivableFiles } from '../../../../src/library/catalogue/archivable-files.ts';
import { createPreparedSelections } from '../../../../src/library/delivery/archives/prepared-selections.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });
const idOf = (number: number) => encodePublicId('MediaItem', number);
const everything = { filter: {} };

describeOnEachDatabase('a prepared selection', (open) => {
  async function start(count: number) {
    const database = await open();
    const files = Array.from({ length: count }, (_, index) => ({ relativePath: `${index + 1}.jpg` }));
    await catalogueFiles(database, photos, files);
    return { database, prepared: prepareWith(database) };
  }

  it('is kept for whoever prepared it, also by the next process, and for the bearer of a signed URL', async () => {
    const { database, prepared } = await start(6);
    await moveToStatus(database, '2.jpg', 'MISSING');
    await moveToStatus(database, '3.jpg', 'DELETED');
    const kept = await prepared.prepare({ ...everything, except: [idOf(6)] }, 'ada');
    expect(kept).toMatchObject({ files: 3, sizeBytes: 3000 });
    await catalogueFiles(database, photos, [{ relativePath: 'later.jpg' }]);
    const wanted = { publicIds: [1, 4, 5].map(idOf), mayLack: true };
    const next = prepareWith(database);
    expect(await next.find(kept.token, 'ada')).toEqual(wanted);
    expect(await next.find(kept.token, null)).toEqual(wanted);
    const refused = { code: 'ARCHIVE_NOT_PREPARED' };
    await expect(next.find(kept.token, 'bob')).rejects.toMatchObject(refused);
    await expect(next.find('00000000-0000-0000-0000-000000000000', 'ada')).rejects.toMatchObject(refused);
    await expect(next.find('no token\0', null)).rejects.toMatchObject(refused);

    const named = await prepared.prepare({ ids: [idOf(5), idOf(2)] }, undefined);
    expect(await prepared.find(named.token, null)).toEqual({ publicIds: [2, 5].map(idOf), mayLack: false });
    await expect(prepared.find(named.token, 'ada')).rejects.toMatchObject(refused);
    const between = {
      from: idOf(1),
      to: idOf(5),
      filter: {},
      order: { field: 'CREATED_AT', direction: 'ASC' } as const,
    };
    expect(await prepared.prepare({ between }, 'ada')).toMatchObject({ files: 3 });
  });

  it('is forgotten after a day', async () => {
    const { database, prepared } = await start(2);
    const { token } = await prepared.prepare(everything, 'ada');
    const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
    await database.prisma.systemSetting.updateMany({ data: { updatedAt: yesterday } });
    await expect(prepared.find(token, 'ada')).rejects.toMatchObject({ code: 'ARCHIVE_NOT_PREPARED' });
    await prepared.prepare(everything, 'ada');
    expect(await database.prisma.systemSetting.count({ where: { key: { startsWith: 'archive:' } } })).toBe(1);
  });

  it('is refused where there is nothing to pack, too much, or an ID of nothing', async () => {
    const { database, prepared } = await start(20_001);
    await expect(prepared.prepare(everything, 'ada')).rejects.toMatchObject({ code: 'ARCHIVE_TOO_LARGE' });
    const fitting = await prepared.prepare({ ...everything, except: [idOf(7)] }, 'ada');
    expect(fitting.files).toBe(20_000);
    expect((await prepared.find(fitting.token, 'ada')).publicIds).toHaveLength(20_000);
    await moveToStatus(database, '9.jpg', 'DELETED');
    await expect(prepared.prepare({ ids: [idOf(8), idOf(9)] }, 'ada')).rejects.toMatchObject({
      code: 'MEDIA_NOT_FOUND',
      publicIds: [idOf(9)],
    });
    const nothing = { filter: { search: 'nothing like it' } };
    await expect(prepared.prepare(nothing, 'ada')).rejects.toMatchObject({ field: 'selection' });
    const unknown = { filter: { categories: ['none'] } };
    await expect(prepared.prepare(unknown, 'ada')).rejects.toMatchObject({ code: 'UNKNOWN_CATEGORY' });
  });
});

function prepareWith(database: Database) {
  const mediaConfig = { current: () => ({ categories: [photos] }) as never, findCategory: () => photos };
  return createPreparedSelections({ database, mediaConfig, files: createArchivableFiles({ database, mediaConfig }) });
}
