import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

describeOnEachDatabase('The migration for other readers of pictures', (open, provider) => {
  it('has those pictures read again that they read in another way, and keeps their sizes until then', async () => {
    const { prisma, ...database } = await open();
    const names = ['a.NEF', 'b.tif', 'c.jxl', 'd.jpg', 'nef.png', 'e.heic'];
    const files = names.map((relativePath) => ({ relativePath }));
    await catalogueFiles({ prisma, ...database }, categoryOf({ key: 'photos' }), files);
    await prisma.mediaItem.updateMany({ data: { probedAt: new Date(), width: 160 } });
    const path = `prisma/migrations/${provider}/0011_pictures_read_again/migration.sql`;
    await prisma.$executeRawUnsafe(await readFile(path, 'utf8'));
    const waiting = await prisma.mediaItem.findMany({ where: { probedAt: null }, orderBy: { filename: 'asc' } });
    expect(waiting.map(({ filename, width }) => `${filename} ${width}`)).toEqual([
      'a.NEF 160',
      'b.tif 160',
      'c.jxl 160',
      'e.heic 160',
    ]);
  });
});

describeOnEachDatabase('The migration for facts', (open, provider) => {
  it('has every file read again, and keeps what was read of it until then', async () => {
    const { prisma, ...database } = await open();
    const category = categoryOf({ key: 'photos' });
    await catalogueFiles({ prisma, ...database }, category, [{ relativePath: 'a.jpg' }, { relativePath: 'b.mp4' }]);
    await prisma.mediaItem.updateMany({ data: { probedAt: new Date(), width: 160 } });
    const migration = await readFile(`prisma/migrations/${provider}/0012_facts/migration.sql`, 'utf8');
    const statement = migration.slice(migration.indexOf('UPDATE'));
    await prisma.$executeRawUnsafe(statement);
    expect(await prisma.mediaItem.count({ where: { probedAt: null, width: 160 } })).toBe(2);
  });
});
