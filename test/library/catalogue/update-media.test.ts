import { expect, it } from 'vitest';
import { updateMedia } from '../../../src/library/catalogue/update-media.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });
const categories = { findCategory: () => photos };

describeOnEachDatabase('A change that a person makes to an item', (open) => {
  async function openOne() {
    const database = await open();
    await catalogueFiles(database, photos, [{ relativePath: 'old/a.jpg' }]);
    return { database, item: await database.prisma.mediaItem.findFirstOrThrow() };
  }

  it('is made to what a scan moved meanwhile', async () => {
    const { database, item } = await openOne();
    const meanwhile = afterFirstRead(database, async () => {
      const moved = { relativePath: 'new/b.jpg', filename: 'b.jpg', title: 'b', searchText: 'b\nnew/b.jpg' };
      await database.prisma.mediaItem.update({ where: { id: item.id }, data: moved });
    });
    expect(await updateMedia(meanwhile, categories, item.id, { description: 'Ours' })).toMatchObject({
      relativePath: 'new/b.jpg',
      title: 'b',
      description: 'Ours',
    });
    expect(await database.prisma.mediaItem.findFirstOrThrow()).toMatchObject({ searchText: 'b\nours\nnew/b.jpg' });
  });

  it('waits for a scan that is moving the item', async () => {
    const { database, item } = await openOne();
    let updating: Promise<unknown> = Promise.resolve();
    await (
      await open()
    ).transaction(async (transaction) => {
      await transaction.write(sql`UPDATE media_items SET relative_path = 'new/a.jpg', search_text = 'a\nnew/a.jpg'`);
      updating = updateMedia(database, categories, item.id, { title: 'Ours' });
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await updating;
    expect(await database.prisma.mediaItem.findFirstOrThrow()).toMatchObject({ searchText: 'ours\nnew/a.jpg' });
  });

  it('keeps what another person changes at the same time', async () => {
    const { database, item } = await openOne();
    const meanwhile = afterFirstRead(database, () =>
      updateMedia(database, categories, item.id, { title: 'Theirs', description: 'Said' }),
    );
    await updateMedia(meanwhile, categories, item.id, { description: 'Ours' });
    expect(await database.prisma.mediaItem.findFirstOrThrow()).toMatchObject({
      title: 'Theirs',
      titleSetByPerson: true,
      description: 'Ours',
      searchText: 'theirs\nours\nold/a.jpg',
    });
  });
});

/** The database, where something happens right after the first look at an item. */
function afterFirstRead(database: Database, act: () => Promise<unknown>): Database {
  let left = 1;
  const prisma = database.prisma.$extends({
    query: {
      mediaItem: {
        async findUnique({ args, query }) {
          const found = await query(args);
          if (left-- > 0) await act();
          return found;
        },
      },
    },
  });
  return { ...database, prisma: prisma as unknown as Database['prisma'] };
}
