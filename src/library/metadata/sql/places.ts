import type { Database } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, sql } from '../../../base/database/sql.ts';

/**
 * Takes the places out of the facts of up to `limit` items after the one with that id. Returns the last id; null where
 * there are no more.
 */
export async function forgetPlaces(database: Database, after: number, limit: number): Promise<number | null> {
  const dialect = dialectOf(database);
  const rows = await database.read(sql`
    SELECT id FROM media_items WHERE id > ${after} AND facts -> 'place' IS NOT NULL ORDER BY id LIMIT ${limit}`);
  const ids = rows.map((row) => Number(row.id));
  if (ids.length === 0) return null;
  await database.write(sql`
    UPDATE media_items SET facts = ${dialect.withoutMember(sql`facts`, 'place')}
    WHERE id IN (${numbersOf(database, ids)})`);
  return ids.at(-1) ?? null;
}

/** Has the headers of all pictures and films read again. */
export async function readPlacesAgain(database: Database): Promise<void> {
  await database.write(sql`
    UPDATE media_items SET probed_at = NULL
    WHERE probed_at IS NOT NULL AND shelf_id IN (SELECT id FROM shelves WHERE media_type <> 'AUDIO')`);
}
