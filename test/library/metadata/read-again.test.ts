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
