import { expect, it } from 'vitest';
import { sql } from '../../../../src/base/database/sql.ts';
import { liesIn } from '../../../../src/library/catalogue/sql/direct-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

describeOnEachDatabase('The items of a folder itself', (open) => {
  it('are found by an index, however many lie below', async () => {
    const database = await open();
    const select = sql`SELECT m.id FROM media_items AS m WHERE ${liesIn(database, { category: 'photos', path: 'a' })}`;
    const plan = await database.transaction(async (transaction) => {
      if (database.provider === 'sqlite') return transaction.writeReturning(sql`EXPLAIN QUERY PLAN ${select}`);
      // PostgreSQL would read an empty table as it is.
      await transaction.write(sql`SET LOCAL enable_seqscan = off`);
      return transaction.writeReturning(sql`EXPLAIN ${select}`);
    });
    expect(JSON.stringify(plan)).toContain('media_items_folder_idx');
  });
});
