import type { Database } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql, timestampOf } from '../../../base/database/sql.ts';
import { describeTitle, stemOf } from '../describe-title.ts';
import { titleKeyOf } from '../sort-keys.ts';
import { searchTextOf } from '../search-text.ts';

/** An item whose tags have another title than before. */
export interface TaggedItem {
  id: number;
  /** The signature of the file that was read: an item whose file changed meanwhile is left alone. */
  signature: string;
  /** Null where the tags have none any more. */
  tagTitle: string | null;
}

/**
 * Stores the titles of tags, and shows them where no person has set one; without one, the name gives the title again. The
 * texts that depend on a title follow in the same transaction, from what the items hold then.
 */
export async function storeTagTitles(database: Database, items: readonly TaggedItem[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const dialect = dialectOf(database);
  const stamp = timestampOf(dialect, now);
  const tagged = new Map(items.map((item) => [item.id, item]));
  await database.transaction(async (transaction) => {
    const ids = JSON.stringify(items.map(({ id }) => [id]));
    const rows = await transaction.writeReturning(sql`
      SELECT id, signature, title, title_set_by_person, description, filename, relative_path FROM media_items
      WHERE id IN (SELECT ${jsonInteger(dialect, 0)} FROM ${dialect.jsonRows(ids)}) ORDER BY id${dialect.lockRows}`);
    const changed = rows.flatMap((row) => {
      const item = tagged.get(Number(row.id));
      if (item === undefined || item.signature !== row.signature) return [];
      const title = row.title_set_by_person
        ? (row.title as string)
        : (item.tagTitle ?? describeTitle(stemOf(row.filename as string)));
      const texts = { description: row.description as string | null, relativePath: row.relative_path as string };
      return [[item.id, item.tagTitle, title, titleKeyOf(title), searchTextOf({ title, ...texts })]];
    });
    if (changed.length === 0) return;
    await transaction.write(sql`
      UPDATE media_items SET
        tag_title = tagged.tag_title, title = tagged.title, title_key = tagged.title_key,
        search_text = tagged.search_text, updated_at = ${stamp}
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS tag_title, ${dialect.jsonText(2)} AS title,
          ${dialect.jsonText(3)} AS title_key, ${dialect.jsonText(4)} AS search_text
        FROM ${dialect.jsonRows(JSON.stringify(changed))}
      ) AS tagged WHERE media_items.id = tagged.id`);
  });
}
