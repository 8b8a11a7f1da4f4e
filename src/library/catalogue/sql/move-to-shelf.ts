import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, type Sql, sql, timestampOf } from '../../../base/database/sql.ts';
import type { MediaStatus } from './shelves.ts';

/** Moves an item to the shelf of another status; returns whether there is such an item. */
export async function moveToShelf(
  database: StatementWriter,
  id: number,
  status: MediaStatus,
  now: Date,
): Promise<boolean> {
  return (await move(database, sql`id = ${id}`, status, now)) > 0;
}

/** Moves items to the shelves of another status, in one statement: a call takes up to a few hundred. */
export async function moveManyToShelf(
  database: StatementWriter,
  ids: readonly number[],
  status: MediaStatus,
  moment: { deletedAt?: Date; now: Date },
): Promise<void> {
  if (ids.length === 0) return;
  const { now, deletedAt = now } = moment;
  await move(database, sql`id IN (${numbersOf(database, ids)})`, status, now, deletedAt);
}

function move(
  database: StatementWriter,
  which: Sql,
  status: MediaStatus,
  now: Date,
  deletedAt: Date = now,
): Promise<number> {
  const dialect = dialectOf(database);
  const stamp = timestampOf(dialect, now);
  return database.write(sql`
    UPDATE media_items SET
      shelf_id = (
        SELECT wanted.id FROM shelves AS current
        JOIN shelves AS wanted ON wanted.category = current.category
          AND wanted.media_type = current.media_type AND wanted.status = ${status}
        WHERE current.id = media_items.shelf_id
      ),
      missing_since = ${status === 'MISSING' ? sql`coalesce(missing_since, ${stamp})` : sql`NULL`},
      deleted_at = ${status === 'DELETED' ? timestampOf(dialect, deletedAt) : sql`NULL`},
      updated_at = ${stamp}
    WHERE ${which}`);
}
