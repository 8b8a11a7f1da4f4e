import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, join, sql } from '../../../base/database/sql.ts';
import { applyTagChanges, type Tag, type TagChanges } from '../../catalogue/media-words.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { idsOf } from './lock-items.ts';

export interface TaggedItems {
  /** What a search looks through, by the id of the item; null where it has no tag. */
  texts: Map<number, string | null>;
  /** Items that would have too many, which keep those that they have. */
  refused: Map<number, InvalidInputError>;
}

/**
 * Gives and takes the tags of items, from those that they have at that moment: call it when the items are locked. A tag
 * that no item has any more is gone. `media_items.tag_text` is left to the caller.
 */
export async function tagMany(
  transaction: StatementWriter,
  ids: readonly number[],
  changes: TagChanges,
): Promise<TaggedItems> {
  const present = await readPresent(transaction, ids);
  const tagged: TaggedItems = { texts: new Map(), refused: new Map() };
  for (const id of ids) {
    try {
      const tags = applyTagChanges(present.get(id) ?? [], changes);
      const keys = tags.map(({ key }) => key).toSorted();
      tagged.texts.set(id, keys.length === 0 ? null : keys.join('\n'));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      tagged.refused.set(id, error);
    }
  }
  const accepted = [...tagged.texts.keys()];
  await link(transaction, accepted, changes.add);
  await unlink(transaction, accepted, changes.remove);
  return tagged;
}

async function readPresent(transaction: StatementWriter, ids: readonly number[]): Promise<Map<number, Tag[]>> {
  const rows = await transaction.writeReturning(sql`
    SELECT l.media_item_id, t.name, t.key FROM media_item_tags AS l JOIN media_tags AS t ON t.id = l.tag_id
    WHERE l.media_item_id IN (${idsOf(transaction, ids)}) ORDER BY t.key`);
  const present = new Map<number, Tag[]>();
  for (const row of rows) {
    const id = Number(row.media_item_id);
    const tags = present.get(id) ?? [];
    tags.push({ name: String(row.name), key: String(row.key) });
    present.set(id, tags);
  }
  return present;
}

async function link(transaction: StatementWriter, ids: readonly number[], tags: readonly Tag[]): Promise<void> {
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
    WHERE t.key IN (${join(tags.map(({ key }) => key))}) AND m.id IN (${idsOf(transaction, ids)})
    ON CONFLICT DO NOTHING`);
}

async function unlink(transaction: StatementWriter, ids: readonly number[], tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0 || ids.length === 0) return;
  const keys = join(tags.map(({ key }) => key));
  await transaction.write(sql`
    DELETE FROM media_item_tags
    WHERE media_item_id IN (${idsOf(transaction, ids)}) AND tag_id IN (SELECT id FROM media_tags WHERE key IN (${keys}))`);
  await transaction.write(sql`
    DELETE FROM media_tags WHERE key IN (${keys})
      AND NOT EXISTS (SELECT 1 FROM media_item_tags AS l WHERE l.tag_id = media_tags.id)`);
}
