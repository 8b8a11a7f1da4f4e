import type { Database, RawRow, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, join, numbersOf, sql, timestampOf, type Sql } from '../../../base/database/sql.ts';
import { applyTagChanges, tagTextOf, type Tag, type TagChanges } from '../media-words.ts';

/** Reads the tags of items, each list in the order of its names, by the ids of the items. */
export async function readTags(
  database: Pick<Database, 'provider' | 'read'>,
  ids: readonly number[],
): Promise<Map<number, Tag[]>> {
  return toTags(await database.read(selectTags(database, ids)));
}

/** The same within a transaction, of items that it has locked. */
export async function readPresentTags(
  transaction: StatementWriter,
  ids: readonly number[],
): Promise<Map<number, Tag[]>> {
  return toTags(await transaction.writeReturning(selectTags(transaction, ids)));
}

function selectTags(database: Pick<Database, 'provider'>, ids: readonly number[]): Sql {
  return sql`
    SELECT l.media_item_id, t.name, t.key FROM media_item_tags AS l JOIN media_tags AS t ON t.id = l.tag_id
    WHERE l.media_item_id IN (${numbersOf(database, ids)}) ORDER BY t.key`;
}

function toTags(rows: readonly RawRow[]): Map<number, Tag[]> {
  const tags = new Map<number, Tag[]>();
  for (const row of rows) {
    const id = Number(row.media_item_id);
    const known = tags.get(id) ?? [];
    known.push({ name: String(row.name), key: String(row.key) });
    tags.set(id, known);
  }
  return tags;
}

/**
 * Changes the tags of one item, from those that it has at that moment; returns whether there is such an item. A tag that no item has
 * any more is gone. Throws InvalidInputError where it would have too many.
 */
export async function changeTags(
  transaction: StatementWriter,
  id: number,
  changes: TagChanges,
  now: Date,
): Promise<boolean> {
  const dialect = dialectOf(transaction);
  const items = await transaction.writeReturning(sql`SELECT id FROM media_items WHERE id = ${id}${dialect.lockRows}`);
  if (items.length === 0) return false;
  const present = (await readPresentTags(transaction, [id])).get(id) ?? [];
  const tags = applyTagChanges(present, changes);
  const kept = new Set(tags.map(({ key }) => key));
  const known = new Set(present.map(({ key }) => key));
  const added = tags.filter(({ key }) => !known.has(key));
  const removed = present.filter(({ key }) => !kept.has(key));
  await linkTags(transaction, [id], added);
  await unlinkTags(transaction, [id], removed);
  await transaction.write(sql`
    UPDATE media_items SET tag_text = ${tagTextOf(tags)}, updated_at = ${timestampOf(dialect, now)} WHERE id = ${id}`);
  return true;
}

/** Gives each of the items each of the tags. */
export async function linkTags(
  transaction: StatementWriter,
  ids: readonly number[],
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length === 0 || ids.length === 0) return;
  const dialect = dialectOf(transaction);
  const rows = dialect.jsonRows(JSON.stringify(tags.map(({ name, key }) => [name, key])));
  // Whoever gives the same new tag at the same moment waits here; the update that changes nothing keeps the row.
  await transaction.write(sql`
    INSERT INTO media_tags (name, key) SELECT ${dialect.jsonText(0)}, ${dialect.jsonText(1)} FROM ${rows} WHERE true
    ON CONFLICT (key) DO UPDATE SET key = excluded.key`);
  await transaction.write(sql`
    INSERT INTO media_item_tags (tag_id, media_item_id)
    SELECT t.id, m.id FROM media_tags AS t CROSS JOIN media_items AS m
    WHERE t.key IN (${join(tags.map(({ key }) => key))}) AND m.id IN (${numbersOf(transaction, ids)})
    ON CONFLICT DO NOTHING`);
}

/** Takes each of the tags from each of the items; a tag that no item has any more is gone. */
export async function unlinkTags(
  transaction: StatementWriter,
  ids: readonly number[],
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length === 0 || ids.length === 0) return;
  const keys = join(tags.map(({ key }) => key));
  await transaction.write(sql`
    DELETE FROM media_item_tags
    WHERE media_item_id IN (${numbersOf(transaction, ids)}) AND tag_id IN (SELECT id FROM media_tags WHERE key IN (${keys}))`);
  await transaction.write(sql`
    DELETE FROM media_tags WHERE key IN (${keys})
      AND NOT EXISTS (SELECT 1 FROM media_item_tags AS l WHERE l.tag_id = media_tags.id)`);
}

export interface CountedTag {
  id: number;
  name: string;
}

/** Lists up to `limit` tags that some item has, by name; those whose key contains `part`. */
export async function listTags(database: Database, part: string, limit: number): Promise<CountedTag[]> {
  const contains = dialectOf(database).contains(sql`t.key`, part);
  const rows = await database.read(sql`
    SELECT t.id, t.name FROM media_tags AS t
    WHERE ${part === '' ? sql`true` : contains} AND EXISTS (SELECT 1 FROM media_item_tags AS l WHERE l.tag_id = t.id)
    ORDER BY t.key LIMIT ${limit}`);
  return rows.map((row) => ({ id: Number(row.id), name: String(row.name) }));
}

/** Counts the items of each tag, in the order of the ids: all but deleted ones. */
export async function countTagged(database: Database, tagIds: readonly number[]): Promise<number[]> {
  const rows = await database.read(sql`
    SELECT l.tag_id, count(*) AS items FROM media_item_tags AS l
    JOIN media_items AS m ON m.id = l.media_item_id JOIN shelves AS s ON s.id = m.shelf_id
    WHERE l.tag_id IN (${numbersOf(database, tagIds)}) AND s.status <> 'DELETED' GROUP BY l.tag_id`);
  const counts = new Map(rows.map((row) => [Number(row.tag_id), Number(row.items)]));
  return tagIds.map((id) => counts.get(id) ?? 0);
}
