import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql } from '../../../base/database/sql.ts';
import { nameKeyOf } from '../model-name-key.ts';

/** Gives up to `limit` models that have none the key that they are sorted by; returns how many. */
export async function keyNames(database: Database, limit: number): Promise<number> {
  const dialect = dialectOf(database);
  return database.transaction(async (transaction) => {
    const rows = await transaction.writeReturning(sql`
      SELECT sha256, name, path FROM models WHERE name_key IS NULL ORDER BY sha256 LIMIT ${limit}${dialect.lockRows}`);
    if (rows.length === 0) return 0;
    const keys = rows.map(({ sha256, name, path }) => [sha256, nameKeyOf(name as string | null, path as string)]);
    await transaction.write(sql`
      UPDATE models SET name_key = keyed.name_key
      FROM (
        SELECT ${dialect.jsonText(0)} AS sha256, ${dialect.jsonText(1)} AS name_key
        FROM ${dialect.jsonRows(JSON.stringify(keys))}
      ) AS keyed WHERE models.sha256 = keyed.sha256`);
    return rows.length;
  });
}
