import { expect, it } from 'vitest';
import { settlePlaces } from '../../../src/library/metadata/settle-places.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

describeOnEachDatabase('Places that are not kept any more', (open) => {
  it('are taken out of all items once, and read again when they are kept again', async () => {
    const database = await open();
    const { mediaItem } = database.prisma;
    await catalogueFiles(database, categoryOf({ key: 'photos' }), [
      { relativePath: 'a.jpg' },
      { relativePath: 'b.jpg' },
    ]);
    await catalogueFiles(database, categoryOf({ key: 'music', mediaType: 'AUDIO' }), [{ relativePath: 'c.mp3' }]);
    const place = { latitude: 48.5, longitude: 2.25 };
    const probedAt = new Date();
    await mediaItem.updateMany({ data: { facts: { rating: 4, place }, probedAt } });
    await mediaItem.updateMany({ where: { filename: 'b.jpg' }, data: { facts: { rating: 3 } } });
    const facts = async () => (await mediaItem.findMany({ orderBy: { filename: 'asc' } })).map((item) => item.facts);

    await settlePlaces(database, true);
    expect(await facts()).toEqual([{ rating: 4, place }, { rating: 3 }, { rating: 4, place }]);
    await settlePlaces(database, false);
    expect(await facts()).toEqual([{ rating: 4 }, { rating: 3 }, { rating: 4 }]);
    expect(await mediaItem.count({ where: { probedAt: null } })).toBe(0);
    await settlePlaces(database, true);
    await settlePlaces(database, true);
    const waiting = await mediaItem.findMany({ where: { probedAt: null }, orderBy: { filename: 'asc' } });
    expect(waiting.map(({ filename }) => filename)).toEqual(['a.jpg', 'b.jpg']);
  });
});
