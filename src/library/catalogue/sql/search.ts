import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql, type Sql } from '../../../base/database/sql.ts';

/** A trigram has three characters. */
const minIndexedLength = 3;

/**
 * Returns a SELECT of the items whose search text contains a term, from the trigram index; null for a term that is too
 * short.
 */
export function searchCandidates(database: Database, term: string): Sql | null {
  if (Array.from(term).length < minIndexedLength) return null;
  const contains = dialectOf(database).contains(sql`search_text`, term);
  if (database.provider === 'postgresql') return sql`SELECT id FROM media_items WHERE ${contains}`;
  const phrase = `"${term.replaceAll('"', '""')}"`;
  return sql`
    SELECT rowid AS id FROM media_search
    WHERE media_search MATCH ${phrase} AND rowid NOT IN (SELECT id FROM media_search_stale)
    UNION ALL
    SELECT id FROM media_items WHERE id IN (SELECT id FROM media_search_stale) AND ${contains}
    UNION ALL
    SELECT id FROM media_items WHERE id > (SELECT indexed_up_to FROM media_search_state) AND ${contains}`;
}

/**
 * Adds up to `limit` new items, and as many changed texts, to SQLite's trigram index; returns whether there were any.
 * PostgreSQL indexes each row as it is stored.
 */
export async function extendSearchIndex(database: Database, limit: number): Promise<boolean> {
  if (database.provider === 'postgresql') return false;
  const changed = await database.write(sql`
    UPDATE media_search_state SET indexed_up_to = (
      SELECT max(id) FROM (
        SELECT id FROM media_items WHERE id > media_search_state.indexed_up_to ORDER BY id LIMIT ${limit}
      )
    )
    WHERE EXISTS (SELECT 1 FROM media_items WHERE id > media_search_state.indexed_up_to)`);
  const refreshed = await database.write(sql`
    DELETE FROM media_search_stale WHERE id IN (SELECT id FROM media_search_stale ORDER BY id LIMIT ${limit})`);
  return changed + refreshed > 0;
}
