import type SqliteDatabase from 'better-sqlite3';
import type { LegacyModelRow } from './classify-model.ts';
import { largestExtraBytes } from './read-extra-json.ts';

/** Rows of the legacy `models` after that rowid; no value is larger than what is taken over of it. */
export function selectLegacyModels(
  database: SqliteDatabase.Database,
  after: string,
  limit: number,
): (LegacyModelRow & { rowid: string })[] {
  return database
    .prepare<unknown[], LegacyModelRow & { rowid: string }>(
      `SELECT CAST(rowid AS TEXT) AS rowid, id, ${capped('path', 4096)}, ${capped('name', 4096)}, ${capped('type', 4096)},
        size_bytes, CASE WHEN octet_length(hash_hex) > 64 THEN 'too long' ELSE hash_hex END AS hash_hex, created_at,
        ${capped('meta_json', largestExtraBytes)}, ${capped('extra_json', largestExtraBytes)},
        octet_length(extra_json) AS extra_bytes
      FROM models WHERE models.rowid > CAST(? AS INTEGER) ORDER BY models.rowid LIMIT ?`,
    )
    .all(after, limit);
}

/** The column, or NULL where it is larger; SQLite knows the size of a value without reading it. */
export function capped(column: string, maxBytes: number, name = column): string {
  return `CASE WHEN octet_length(${column}) <= ${maxBytes} THEN ${column} END AS ${name}`;
}
