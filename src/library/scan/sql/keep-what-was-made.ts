import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, raw, sql } from '../../../base/database/sql.ts';

/** Gives what was made from the files the new signatures, as the bytes are the same. */
export async function keepWhatWasMade(
  database: StatementWriter,
  items: readonly { id: number; signature: string }[],
): Promise<void> {
  const dialect = dialectOf(database);
  // These rows have only what the statements need: reading the rest costs as much again.
  const kept = JSON.stringify(items.map(({ id, signature }) => [id, signature]));
  for (const [table, column] of madeOfFiles) {
    await database.write(sql`
      UPDATE ${raw(table)} SET ${raw(column)} = kept.signature
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature FROM ${dialect.jsonRows(kept)}
      ) AS kept JOIN media_items AS m ON m.id = kept.id
      WHERE ${raw(table)}.media_item_id = kept.id AND ${raw(table)}.${raw(column)} = m.signature`);
  }
}

/** The tables and columns that record the signature of the file from which something was made. */
const madeOfFiles = [
  ['image_proxies', 'source_signature'],
  ['analysis_originals', 'signature'],
] as const;
