import type { Database } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';
import type { StoredPlanEntry } from './scan-plans.ts';

/** Reads which planned changes are done: the item is at the path, with the signature and status, as planned. */
export async function readDoneEntries<E extends StoredPlanEntry>(
  database: Pick<Database, 'provider' | 'read'>,
  entries: readonly E[],
): Promise<E[]> {
  if (entries.length === 0) return [];
  const dialect = dialectOf(database);
  const rows = entries.map(({ kind, category, relativePath, signature, itemId }, index) => [
    index,
    category,
    relativePath,
    signature,
    itemId,
    kind === 'LOSS' ? 'MISSING' : 'AVAILABLE',
  ]);
  const done = await database.read(sql`
    SELECT planned.entry_index FROM (
      SELECT ${jsonInteger(dialect, 0)} AS entry_index, ${dialect.jsonText(1)} AS category,
        ${dialect.jsonText(2)} AS relative_path, ${dialect.jsonText(3)} AS signature,
        ${jsonInteger(dialect, 4)} AS item_id, ${dialect.jsonText(5)} AS status
      FROM ${dialect.jsonRows(JSON.stringify(rows))}
    ) AS planned
    JOIN media_items AS m ON m.root_category = planned.category AND m.relative_path = planned.relative_path
    JOIN shelves ON shelves.id = m.shelf_id AND shelves.status = planned.status
    WHERE m.signature = planned.signature AND (planned.item_id IS NULL OR planned.item_id = m.id)`);
  return done.map((row) => entries[Number(row.entry_index)] as E);
}
