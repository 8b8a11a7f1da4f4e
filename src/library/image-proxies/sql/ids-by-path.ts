import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql } from '../../../base/database/sql.ts';

export async function readIdsByPath(
  database: Database,
  items: readonly { rootCategory: string; relativePath: string }[],
): Promise<number[]> {
  const dialect = dialectOf(database);
  const json = JSON.stringify(items.map(({ rootCategory, relativePath }) => [rootCategory, relativePath]));
  const rows = await database.read(sql`
    SELECT m.id FROM ${dialect.jsonRows(json)}
    JOIN media_items AS m ON m.root_category = ${dialect.jsonText(0)} AND m.relative_path = ${dialect.jsonText(1)}
    ORDER BY m.id`);
  return rows.map((row) => row.id as number);
}
