import type { Database } from '../../../base/database/database.ts';
import { dialectOf, join, raw, sql, type Sql } from '../../../base/database/sql.ts';

/** A trigram has three characters. */
const minIndexedLength = 3;

/** The columns that a search looks through; the same as in the index. */
const searchedColumns = ['search_text', 'fact_text', 'tag_text'].map((name) => raw(`m.${name}`));

/** Returns the condition that a media item `m` has all of these folded terms, each in any of its texts. */
export function hasTerms(database: Database, terms: readonly string[]): Sql {
  const dialect = dialectOf(database);
  const conditions = terms.map((term) => {
    const anywhere = searchedColumns.map((column) => dialect.contains(column, term));
    return sql`(${join(anywhere, ' OR ')})`;
  });
  return join(conditions, ' AND ');
}

/**
 * Returns a SELECT of the items that have all of the terms, from the trigram index; null where all terms are too short
 * for it.
 */
export function searchCandidates(database: Database, terms: readonly string[]): Sql | null {
  const indexed = terms.filter((term) => Array.from(term).length >= minIndexedLength);
  if (indexed.length === 0) return null;
  const contains = hasTerms(database, terms);
  if (database.provider === 'postgresql') return sql`SELECT m.id FROM media_items AS m WHERE ${contains}`;
  const phrases = indexed.map((term) => `"${term.replaceAll('"', '""')}"`).join(' AND ');
  return sql`
    SELECT rowid AS id FROM media_search
    WHERE media_search MATCH ${phrases} AND rowid NOT IN (SELECT id FROM media_search_stale)
    UNION ALL
    SELECT m.id FROM media_items AS m WHERE m.id IN (SELECT id FROM media_search_stale) AND ${contains}
    UNION ALL
    SELECT m.id FROM media_items AS m WHERE m.id > (SELECT indexed_up_to FROM media_search_state) AND ${contains}`;
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
