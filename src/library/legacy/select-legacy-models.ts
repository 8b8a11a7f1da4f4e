import type SqliteDatabase from 'better-sqlite3';
import { maxPathLength, maxTextLength, type LegacyModelRow } from './classify-model.ts';
import type { LegacyPage } from './legacy-page.ts';
import { maxExtraBytes } from './read-extra-json.ts';

interface LegacyModels extends LegacyPage {
  models: LegacyModelRow[];
}

/**
 * Reads up to `limit` rows of the legacy `models` after that rowid; no value is larger than what is taken over of it. Of
 * large rows it reads fewer: a page becomes one text, which may have six times their size.
 */
export function selectLegacyModels(database: SqliteDatabase.Database, after: string, limit: number): LegacyModels {
  const rows = database
    .prepare<unknown[], LegacyModelRow & { rowid: string }>(
      `SELECT CAST(rowid AS TEXT) AS rowid, ${cappedId('id')}, ${capped('path', maxPathLength)},
        ${capped('name', maxTextLength)}, ${capped('type', maxTextLength)}, ${capped('size_bytes', 64)},
        ${cappedHash('hash_hex')}, ${capped('created_at', 64)},
        ${capped('meta_json', maxExtraBytes)}, ${capped('extra_json', maxExtraBytes)},
        ${sizeOf('extra_json')} AS extra_bytes,
        CASE WHEN ${sizeOf('extra_json')} BETWEEN ${maxExtraBytes + 1} AND ${maxParsedBytes}
          AND typeof(extra_json) = 'text' AND json_valid(extra_json) THEN
          CASE WHEN ${sizeOf("(extra_json -> '$.images')")} <= ${maxExtraBytes} THEN extra_json -> '$.images' END
        END AS images_json
      FROM models WHERE models.rowid > CAST(? AS NUMERIC) ORDER BY models.rowid LIMIT ?`,
    )
    .iterate(after, limit);
  const models: LegacyModelRow[] = [];
  let lastRowid = after;
  let length = 0;
  for (const row of rows) {
    models.push(row);
    lastRowid = row.rowid;
    for (const value of Object.values(row)) length += lengthOf(value);
    if (length >= maxPageLength) return { models, rows: models.length, lastRowid, endedEarly: true };
  }
  return { models, rows: models.length, lastRowid };
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
}

/** The pictures of a text that is too large to be kept are still read up to this size. */
const maxParsedBytes = 64 * 1024 * 1024;
const maxPageLength = 8 * 1024 * 1024;

/** A capped column for an id, which messages quote. */
export function cappedId(column: string, name = column): string {
  return capped(column, 64, name);
}

/** A capped column for a hash; one that is too long stays a text that is no hash. */
export function cappedHash(column: string, name = column): string {
  return `CASE WHEN ${sizeOf(column)} > 64 THEN 'too long' ELSE ${column} END AS ${name}`;
}

/** SQL for the column, or for bytes, which are no text, where it is larger. */
export function capped(column: string, maxBytes: number, name = column): string {
  return `CASE WHEN ${sizeOf(column)} > ${maxBytes} THEN x'' ELSE ${column} END AS ${name}`;
}

/**
 * SQL for the size of a value, which SQLite knows without reading it. In a database in UTF-16 every letter has two bytes: a
 * text has half the size there, so that its hashes and paths are as long as in any other.
 */
function sizeOf(column: string): string {
  const bytesOfLetter = `(SELECT CASE encoding WHEN 'UTF-8' THEN 1 ELSE 2 END FROM pragma_encoding)`;
  return `(octet_length(${column}) / CASE typeof(${column}) WHEN 'text' THEN ${bytesOfLetter} ELSE 1 END)`;
}
