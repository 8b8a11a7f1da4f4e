import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';

/** What the search text of an item is made from, besides its path. */
export interface ItemTexts {
  title: string;
  /** Whether the title is not that of the name. */
  keepsTitle: boolean;
  description: string | null;
}

/** Reads the texts of those items, by id, whose search text does not end with their path key. */
export async function readOtherTexts(
  database: StatementWriter,
  items: readonly { id: number; pathKey: string }[],
): Promise<Map<number, ItemTexts>> {
  const dialect = dialectOf(database);
  const json = JSON.stringify(items.map(({ id, pathKey }) => [id, `\n${pathKey}`]));
  const rows = await database.writeReturning(sql`
    SELECT m.id, m.title, (m.title_set_by_person OR m.tag_title IS NOT NULL) AS keeps_title, m.description FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS path_end FROM ${dialect.jsonRows(json)}
    ) AS planned JOIN media_items AS m ON m.id = planned.id
    WHERE substr(m.search_text, CAST(length(m.search_text) - length(planned.path_end) + 1 AS INTEGER))
      <> planned.path_end`);
  return new Map(
    rows.map((row) => [
      Number(row.id),
      {
        title: row.title as string,
        keepsTitle: Boolean(row.keeps_title),
        description: row.description as string | null,
      },
    ]),
  );
}
