import type SqliteDatabase from 'better-sqlite3';
import { longestPath, type LegacyModelRow } from './classify-model.ts';
import { largestExtraBytes } from './read-extra-json.ts';

/** Rows of the legacy `models` after that rowid; no value is larger than what is taken over of it. */
export function selectLegacyModels(
  database: SqliteDatabase.Database,
  after: string,
  limit: number,
): (LegacyModelRow & { rowid: string })[] {
  return database
    .prepare<unknown[], LegacyModelRow & { rowid: string }>(
      `SELECT CAST(rowid AS TEXT) AS rowid, ${cappedId('id')}, ${capped('path', longestPath)}, ${capped('name', 4096)}, ${capped('type', 4096)},
        size_bytes, ${cappedHash('hash_hex')}, created_at,
        ${capped('meta_json', largestExtraBytes)}, ${capped('extra_json', largestExtraBytes)},
        octet_length(extra_json) AS extra_bytes
      FROM models WHERE models.rowid > CAST(? AS INTEGER) ORDER BY models.rowid LIMIT ?`,
    )
    .all(after, limit);
}

/** The same for an id, of which messages quote. */
export function cappedId(column: string, name = column): string {
  return capped(column, 64, name);
}

/** A hash that is too long stays one that is none. */
export function cappedHash(column: string, name = column): string {
  return `CASE WHEN octet_length(${column}) > 64 THEN 'too long' ELSE ${column} END AS ${name}`;
}

/** The column, or NULL where it is larger; SQLite knows the size of a value without reading it. */
export function capped(column: string, maxBytes: number, name = column): string {
  return `CASE WHEN octet_length(${column}) <= ${maxBytes} THEN ${column} END AS ${name}`;
}
