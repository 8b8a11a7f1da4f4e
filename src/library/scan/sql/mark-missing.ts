import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, type Sql, sql, timestampOf } from '../../../base/database/sql.ts';

/**
 * Marks available items as missing and returns those that it marked: one that meanwhile became something else, or was
 * seen since `now` by an upload, stays what it is. The items were last seen by the scan before, at `lastSeenAt`, unless
 * their rows have a later time. A time in the future comes from a clock that was wrong, and protects no item.
 */
export async function markMissing(
  database: StatementWriter,
  ids: readonly number[],
  now: Date,
  lastSeenAt: Date | null,
): Promise<{ id: number; relativePath: string }[]> {
  if (ids.length === 0) return [];
  const dialect = dialectOf(database);
  const stamp = timestampOf(dialect, now);
  const rows = await database.writeReturning(sql`
    UPDATE media_items SET
      shelf_id = (
        SELECT missing.id FROM shelves AS current
        JOIN shelves AS missing ON missing.category = current.category
          AND missing.media_type = current.media_type AND missing.status = 'MISSING'
        WHERE current.id = media_items.shelf_id
      ),
      missing_since = ${stamp},
      updated_at = ${stamp},
      last_seen_at = ${lastSeenAt === null ? sql`last_seen_at` : laterSeen(timestampOf(dialect, lastSeenAt))}
    WHERE id IN (${numbersOf(database, ids)})
      AND shelf_id IN (SELECT id FROM shelves WHERE status = 'AVAILABLE')
      AND (last_seen_at IS NULL OR last_seen_at < ${stamp} OR last_seen_at > ${timestampOf(dialect, new Date())})
    RETURNING id, relative_path`);
  return rows.map((row) => ({ id: row.id as number, relativePath: row.relative_path as string }));
}

function laterSeen(stamp: Sql): Sql {
  return sql`CASE WHEN coalesce(last_seen_at, created_at) > ${stamp} THEN coalesce(last_seen_at, created_at) ELSE ${stamp} END`;
}
