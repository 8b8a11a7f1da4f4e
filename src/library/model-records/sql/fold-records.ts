import type { Database } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, raw, sql } from '../../../base/database/sql.ts';
import { recordTextOf } from '../record-text.ts';

/**
 * Makes anew what up to `limit` model records after the one with that hash are searched by. Returns the last hash; null
 * where there are no more.
 */
export const foldModels = createFolder('models', 'sha256', '');

/** The same for pending imports, by their ids. */
export const foldPendingImports = createFolder('pending_import', 'id', 0);

function createFolder<Key extends number | string>(table: string, key: string, first: Key) {
  const [column, records] = [raw(key), raw(table)];
  return async (database: Database, after: number | string | null, limit: number): Promise<Key | null> => {
    const dialect = dialectOf(database);
    const keyOfRow = typeof first === 'number' ? jsonInteger(dialect, 0) : dialect.jsonText(0);
    return database.transaction(async (transaction) => {
      const rows = await transaction.writeReturning(sql`
        SELECT ${column} AS record_key, name, path FROM ${records}
        WHERE ${column} > ${after ?? first} ORDER BY ${column} LIMIT ${limit}${dialect.lockRows}`);
      if (rows.length === 0) return null;
      const folded = rows.map((row) => [row.record_key, recordTextOf(row.name as string | null, row.path as string)]);
      await transaction.write(sql`
        UPDATE ${records} SET search_text = folded.search_text
        FROM (
          SELECT ${keyOfRow} AS record_key, ${dialect.jsonText(1)} AS search_text
          FROM ${dialect.jsonRows(JSON.stringify(folded))}
        ) AS folded WHERE ${records}.${column} = folded.record_key`);
      return rows.at(-1)?.record_key as Key;
    });
  };
}
