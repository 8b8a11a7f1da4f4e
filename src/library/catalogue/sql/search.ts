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

/** So many of the longest terms are looked up by themselves: one of them may be rare, where the others are not. */
const maxTermsAlone = 3;

/**
 * Returns SELECTs of items that may have all of the terms, from the trigram index; each may give few items where those before it give
 * many. None where all terms are too short for the index.
 */
export function searchCandidates(database: Database, terms: readonly string[]): Sql[] {
  const indexed = terms.filter((term) => lengthOf(term) >= minIndexedLength);
  if (indexed.length === 0) return [];
  if (database.provider === 'postgresql') {
    return [sql`SELECT m.id FROM media_items AS m WHERE ${hasTerms(database, terms)}`];
  }
  // What all terms have in common costs as much as the most common of them.
  const alone =
    indexed.length === 1 ? [] : indexed.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, maxTermsAlone);
  return [...alone.map((term) => [term]), indexed].map((some) => matchSome(database, some));
}

/** In characters, of which three make a trigram. */
function lengthOf(term: string): number {
  return Array.from(term).length;
}

function matchSome(database: Database, terms: readonly string[]): Sql {
  const contains = hasTerms(database, terms);
  const phrases = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' AND ');
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
