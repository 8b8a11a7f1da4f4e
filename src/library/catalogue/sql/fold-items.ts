import type { Database, RawRow } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';
import { factTextOf } from '../../metadata/facts/fact-text.ts';
import type { MediaFacts } from '../../metadata/facts/facts.ts';
import { searchTextOf } from '../../metadata/search-text.ts';
import { albumOrderOf, hierarchyOrderOf, pathOrderOf, titleKeyOf } from '../../metadata/sort-keys.ts';

/** Up to which row a table has been folded, by the key of that row. */
export type FoldedKey = number | string;

/**
 * Makes anew what items are sorted and searched by, from what they hold, of up to `limit` items after the one with that
 * id. Returns the last id; null where there are no more.
 */
export async function foldItems(database: Database, after: FoldedKey | null, limit: number): Promise<FoldedKey | null> {
  const dialect = dialectOf(database);
  return database.transaction(async (transaction) => {
    const rows = await transaction.writeReturning(sql`
      SELECT id, title, description, relative_path, season_number, episode_number, aired_on, disc_number, disc_side,
        track_number, facts
      FROM media_items WHERE id > ${after ?? 0} ORDER BY id LIMIT ${limit}${dialect.lockRows}`);
    if (rows.length === 0) return null;
    const folded = JSON.stringify(rows.map(toFoldedRow));
    await transaction.write(sql`
      UPDATE media_items SET
        title_key = folded.title_key, search_text = folded.search_text, path_order = folded.path_order,
        hierarchy_order = folded.hierarchy_order, fact_text = folded.fact_text,
        album_order = folded.album_order
      FROM (
        SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS title_key,
          ${dialect.jsonText(2)} AS search_text, ${dialect.jsonText(3)} AS path_order,
          ${dialect.jsonText(4)} AS hierarchy_order, ${dialect.jsonText(5)} AS fact_text,
          ${dialect.jsonText(6)} AS album_order
        FROM ${dialect.jsonRows(folded)}
      ) AS folded WHERE media_items.id = folded.id`);
    return Number(rows.at(-1)?.id);
  });
}

function toFoldedRow(row: RawRow): unknown[] {
  const title = row.title as string;
  const relativePath = row.relative_path as string;
  const numbers = {
    seasonNumber: row.season_number as number | null,
    episodeNumber: row.episode_number as number | null,
    airedOn: row.aired_on as string | null,
    discNumber: row.disc_number as number | null,
    discSide: row.disc_side as string | null,
    trackNumber: row.track_number as number | null,
  };
  const facts = (typeof row.facts === 'string' ? JSON.parse(row.facts) : row.facts) as MediaFacts | null;
  return [
    row.id,
    titleKeyOf(title),
    searchTextOf({ title, description: row.description as string | null, relativePath }),
    pathOrderOf(relativePath),
    hierarchyOrderOf(relativePath, numbers),
    factTextOf(facts),
    albumOrderOf(facts?.music ?? {}),
  ];
}
