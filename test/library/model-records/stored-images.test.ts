import { expect, it } from 'vitest';
import { encodeCursor } from '../../../src/base/paging.ts';
import { createModels } from '../../../src/library/model-records/models.ts';
import { createStoredImages } from '../../../src/library/model-records/stored-images.ts';
import { encodePendingCursor } from '../../../src/library/model-records/model-cursor.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const maxId = 2 ** 31 - 1;

describeOnEachDatabase('A pending import with the largest id', (open) => {
  it('has a place in the list, and its picture an address', async () => {
    const database = await open();
    const facts = { createdAt: new Date(), meta: {}, searchText: '' };
    for (const id of [maxId - 1, maxId]) {
      const path = `/m/${id}.bin`;
      await database.prisma.pendingImport.create({
        data: {
          ...facts,
          id,
          path,
          legacyPath: path,
          stem: `stem ${id}`,
          images: { create: { seq: 0, name: `${id}_0_a.png`, source: 'a.png' } },
        },
      });
    }
    const models = createModels({ database });
    const list = async (cursor: string) =>
      (await models.listPending({}, { count: 10, backward: false, cursor })).edges.map(({ node }) => node.id);
    expect(await list(encodePendingCursor({ id: maxId - 1 } as never))).toEqual([maxId]);
    expect(await list(encodePendingCursor({ id: maxId } as never))).toEqual([]);
    expect(await list(encodeCursor('pending:9999999999'))).toEqual([]);

    const stored = createStoredImages({ database, folder: '/images' });
    const found = await stored.findPending(String(maxId));
    expect(found.relativePath).toBe(`${maxId}_0_a.png`);
    await expect(stored.findPending('9999999999')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
