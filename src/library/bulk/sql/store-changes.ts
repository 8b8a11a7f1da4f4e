import type { StatementWriter } from '../../../base/database/database.ts';
import {
  dialectOf,
  itemsToWrite,
  join,
  jsonInteger,
  raw,
  sql,
  timestampOf,
  type Sql,
} from '../../../base/database/sql.ts';
import type { ChangedItem } from '../bulk-job.ts';

/** What is written on each item; what is left out stays. */
export interface ManyValues {
  favourite?: boolean | undefined;
  rating?: number | null | undefined;
  /** The category to show it under; null for that of its root. Its shelves have to be there. */
  category?: string | null | undefined;
  /** The text of its tags, by the id of the item. */
  tagTexts?: ReadonlyMap<number, string | null> | undefined;
}

/** Writes the values on items, in one statement, and returns those that are there: a call takes up to a thousand. */
export async function storeChanges(
  transaction: StatementWriter,
  ids: readonly number[],
  { favourite, rating, category, tagTexts }: ManyValues,
  now: Date,
): Promise<ChangedItem[]> {
  if (ids.length === 0) return [];
  const dialect = dialectOf(transaction);
  const values = [sql`updated_at = ${timestampOf(dialect, now)}`];
  if (favourite !== undefined) values.push(sql`favourite = ${raw(String(favourite))}`);
  if (rating !== undefined) values.push(sql`rating = CAST(${rating} AS INTEGER)`);
  if (tagTexts !== undefined) values.push(sql`tag_text = given.tag_text`);
  if (category !== undefined) {
    const key = category === null ? sql`media_items.root_category` : sql`${category}`;
    values.push(sql`shelf_id = (
      SELECT wanted.id FROM shelves AS current
      JOIN shelves AS wanted ON wanted.category = ${key}
        AND wanted.media_type = current.media_type AND wanted.status = current.status
      WHERE current.id = media_items.shelf_id
    )`);
  }
  // A join with rows that are given takes SQLite half as long again, and only texts of tags differ from item to item.
  const changed = sql`UPDATE media_items SET ${join(values)}`;
  const rows = await transaction.writeReturning(
    tagTexts === undefined
      ? sql`${changed} WHERE id IN (${itemsToWrite(transaction, ids)}) RETURNING id, root_category`
      : sql`${changed} FROM ${givenTexts(dialect, ids, tagTexts)}
        WHERE media_items.id = given.id RETURNING media_items.id, media_items.root_category`,
  );
  return rows.map((row) => ({ id: Number(row.id), rootCategory: String(row.root_category) }));
}

function givenTexts(
  dialect: ReturnType<typeof dialectOf>,
  ids: readonly number[],
  texts: ReadonlyMap<number, string | null>,
): Sql {
  const given = dialect.jsonRows(JSON.stringify(ids.map((id) => [id, texts.get(id) ?? null])));
  return sql`(SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS tag_text FROM ${given}) AS given`;
}
