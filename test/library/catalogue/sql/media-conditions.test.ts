import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { sql } from '../../../../src/base/database/sql.ts';
import { toMediaConditions } from '../../../../src/library/catalogue/sql/media-conditions.ts';
import { catalogueFiles, categoryOf } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

describeOnEachDatabase('The conditions of a list', (open, provider) => {
  it('find the items of a time of capture', async () => {
    const database = await open();
    const days = ['2024-01-30', '2024-01-31', '2024-02-01'];
    const files = days.map((day) => ({ relativePath: `${day}.jpg`, modifiedAtMs: Date.parse(day) }));
    await catalogueFiles(database, categoryOf({ key: 'photos' }), files);
    const { id, shelfId } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: '2024-01-31.jpg' } });
    const capturedAt = { gte: new Date('2024-01-31'), lt: new Date('2024-02-01') };
    expect((await toMediaConditions(database, [shelfId], { capturedAt })).candidates).toEqual([id]);
  });

  it.runIf(provider === 'sqlite')('begin in the index where the time of capture begins', async () => {
    const database = await open();
    const plans: unknown[] = [];
    const explaining = {
      ...database,
      read: async (statement: Parameters<Database['read']>[0]) => {
        plans.push(...(await database.read(sql`EXPLAIN QUERY PLAN ${statement}`)));
        return database.read(statement);
      },
    };
    const capturedAt = { gte: new Date('2024-01-31'), lt: new Date('2024-02-01') };
    await toMediaConditions(explaining, [1], { capturedAt });
    expect(plans).toEqual([
      expect.objectContaining({
        detail:
          'SEARCH m USING COVERING INDEX media_items_shelf_id_captured_at_id_idx (shelf_id=? AND <expr>>? AND <expr><?)',
      }),
    ]);
  });
});
