import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { purgeItems } from '../../../../src/library/removal/sql/purge-items.ts';
import { sql } from '../../../../src/base/database/sql.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });

describeOnEachDatabase('Purging', (open) => {
  it('leaves what is restored at the same time', async () => {
    const database = await open();
    const other = await open();
    await catalogueFiles(database, films, [{ relativePath: 'restored.mp4' }, { relativePath: 'purged.mp4' }]);
    for (const name of ['restored.mp4', 'purged.mp4']) await moveToStatus(database, name, 'DELETED');
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'restored.mp4' } });

    const selection = { status: 'DELETED', before: new Date(Date.now() + 60_000), rootCategories: null } as const;
    let purging: Promise<unknown[]> | undefined;
    await other.transaction(async (transaction) => {
      await transaction.write(sql`
        UPDATE media_items SET shelf_id = (SELECT id FROM shelves WHERE category = 'films' AND status = 'AVAILABLE')
        WHERE id = ${id}`);
      purging = database.transaction((purge) => purgeItems(purge, selection, 10));
      // Until it waits for the row, or for SQLite's one writer.
      await setTimeout(300);
    });

    expect(await purging).toEqual([expect.objectContaining({ relativePath: 'purged.mp4' })]);
    expect(await database.prisma.mediaItem.count()).toBe(1);
  });
});
