import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';
import type { MediaStatus } from './shelves.ts';

/** Moves an item to the shelf of another status; returns whether there is such an item. */
export async function moveToShelf(
  database: StatementWriter,
  id: number,
  status: MediaStatus,
  now: Date,
): Promise<boolean> {
  const stamp = timestampOf(dialectOf(database), now);
  const changed = await database.write(sql`
    UPDATE media_items SET
      shelf_id = (
        SELECT wanted.id FROM shelves AS current
        JOIN shelves AS wanted ON wanted.category = current.category
          AND wanted.media_type = current.media_type AND wanted.status = ${status}
        WHERE current.id = media_items.shelf_id
      ),
      missing_since = ${status === 'MISSING' ? sql`coalesce(missing_since, ${stamp})` : sql`NULL`},
      deleted_at = ${status === 'DELETED' ? stamp : sql`NULL`},
      updated_at = ${stamp}
    WHERE id = ${id}`);
  return changed > 0;
}
