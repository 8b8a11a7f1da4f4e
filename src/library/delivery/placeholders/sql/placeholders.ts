import type { Database } from '../../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../../base/database/sql.ts';

export interface MadePlaceholder {
  id: number;
  /** Of the file whose picture it was made of: an item whose file changed meanwhile waits for another one. */
  signature: string;
  /** Empty where the item has no picture. */
  placeholder: string;
}

/** Stores placeholders. An item is not said to have changed: nobody did anything to it. */
export async function storePlaceholders(database: Database, made: readonly MadePlaceholder[]): Promise<void> {
  if (made.length === 0) return;
  const dialect = dialectOf(database);
  const rows = made.map(({ id, signature, placeholder }) => [id, signature, placeholder]);
  await database.write(sql`
    UPDATE media_items SET placeholder = made.placeholder
    FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature, ${dialect.jsonText(2)} AS placeholder
      FROM ${dialect.jsonRows(JSON.stringify(rows))}
    ) AS made
    WHERE media_items.id = made.id AND media_items.signature = made.signature
      AND (media_items.placeholder IS NULL OR media_items.placeholder <> made.placeholder)`);
}
