import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { StatementWriter } from '../../../src/base/database/database.ts';
import { moveToShelf } from '../../../src/library/catalogue/sql/move-to-shelf.ts';
import { storeItems } from '../../../src/library/catalogue/sql/store-items.ts';
import { createFileDescriber } from '../../../src/library/metadata/describe-file.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
const describeFile = createFileDescriber(films);

function store(transaction: StatementWriter, relativePath: string): Promise<void> {
  const file = describeFile({ relativePath, sizeBytes: 5, modifiedAtMs: 1, signature: 'changed' });
  return storeItems(transaction, films, [file], new Date());
}

describeOnEachDatabase('Two writers that wait for each other', (open) => {
  // PostgreSQL ends the one that looks first, a second after it began to wait: the hiding, or the scan.
  it.each([100, 1_400])('both come to their end: a scan and a hiding, after %i ms', async (delayMs) => {
    const database = await open();
    const other = await open();
    await catalogueFiles(database, films, [{ relativePath: 'hidden.mp4' }]);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();

    let hiding: Promise<boolean> | undefined;
    await database.transaction(async (transaction) => {
      await store(transaction, 'added.mp4');
      hiding ??= moveToShelf(other, id, 'DELETED', new Date());
      await setTimeout(delayMs);
      await store(transaction, 'hidden.mp4');
    });

    expect(await hiding).toBe(true);
    const items = await database.prisma.mediaItem.findMany({ orderBy: { filename: 'asc' }, include: { shelf: true } });
    expect(items.map(({ filename, shelf }) => `${shelf.status} ${filename}`)).toEqual([
      'AVAILABLE added.mp4',
      'DELETED hidden.mp4',
    ]);
    const shelves = await database.prisma.shelf.findMany({
      where: { itemCount: { not: 0 } },
      orderBy: { status: 'asc' },
    });
    expect(shelves.map(({ status, itemCount }) => [status, itemCount])).toEqual([
      ['AVAILABLE', 1],
      ['DELETED', 1],
    ]);
  });
});
