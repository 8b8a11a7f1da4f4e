import SqliteDatabase, { SqliteError } from 'better-sqlite3';
import { statSync } from 'node:fs';
import type { LegacyDatabaseFault } from './legacy-errors.ts';

export type LegacyCheck =
  | { ok: true; rows: { tags: number; models: number; modelTags: number } }
  | { ok: false; fault: LegacyDatabaseFault; message: string };

/** The columns that are read. */
const tables = {
  schema_version: ['version'],
  models: ['id', 'path', 'name', 'type', 'size_bytes', 'hash_hex', 'created_at', 'meta_json', 'extra_json'],
  tags: ['id', 'name'],
  model_tags: ['model_id', 'tag_id'],
};

const knownVersion = 2;

/**
 * Checks that the private copy of a legacy database is whole and has the schema that is read, and makes it one file, with
 * its write-ahead log in it.
 */
export function checkLegacyCopy({ path }: { path: string }): LegacyCheck {
  if (statSync(path).size === 0) return { ok: false, fault: 'NOT_SQLITE', message: 'The legacy database is empty.' };
  try {
    const database = new SqliteDatabase(path);
    try {
      return checkDatabase(database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof SqliteError)) throw error;
    if (error.code === 'SQLITE_NOTADB') {
      return { ok: false, fault: 'NOT_SQLITE', message: 'The file is no SQLite database.' };
    }
    return { ok: false, fault: 'CORRUPT', message: `The legacy database is damaged: ${error.message}.` };
  }
}

function checkDatabase(database: SqliteDatabase.Database): LegacyCheck {
  database.pragma('journal_mode = DELETE');
  const damage = findDamage(database);
  if (damage !== null) return { ok: false, fault: 'CORRUPT', message: `The legacy database is damaged: ${damage}` };
  const problem = findSchemaProblem(database);
  if (problem !== null) return { ok: false, fault: 'WRONG_SCHEMA', message: problem };
  for (const table of ['models', 'tags']) indexIds(database, table);
  const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  return { ok: true, rows: { tags: count('tags'), models: count('models'), modelTags: count('model_tags') } };
}

/** The first damage that SQLite finds. Values that a constraint of the table forbids can be read, and are no damage. */
function findDamage(database: SqliteDatabase.Database): string | null {
  const findings = database.prepare<[], string>(`PRAGMA quick_check(${2 ** 31 - 1})`).pluck();
  for (const finding of findings.iterate()) {
    if (finding !== 'ok' && !/^(?:NULL value in|CHECK constraint failed in) /.test(finding)) return finding;
  }
  return null;
}

/** Indexes the ids, by which links are resolved: in a database that was edited, the id may be a column like any other. */
function indexIds(database: SqliteDatabase.Database, table: string): void {
  const columns = database.pragma(`table_info(${table})`) as { name: string; pk: number }[];
  if (columns.some(({ name, pk }) => name === 'id' && pk === 1)) return;
  database.exec(`CREATE INDEX IF NOT EXISTS mediashelf_ids_of_${table} ON ${table}(id)`);
}

function findSchemaProblem(database: SqliteDatabase.Database): string | null {
  for (const [table, columns] of Object.entries(tables)) {
    // The other pragma, `table_info`, leaves out columns that are computed.
    const found = (database.pragma(`table_xinfo(${table})`) as { name: string }[]).map(({ name }) => name);
    if (found.length === 0) return `It is no legacy database: the table ${table} is missing.`;
    if (found.some((name) => name.toLowerCase() === 'rowid')) {
      return `The table ${table} is none of the legacy application: it has a column named rowid.`; // which hides the row's
    }
    const missing = columns.filter((column) => !found.includes(column));
    if (missing.length > 0) return `The table ${table} lacks ${missing.join(', ')}.`;
  }
  for (const table of ['models', 'tags', 'model_tags']) {
    try {
      database.prepare(`SELECT rowid FROM ${table} LIMIT 0`);
    } catch {
      return `The table ${table} is none of the legacy application: it has no rowid.`; // a view, or WITHOUT ROWID
    }
  }
  const version = database.prepare('SELECT max(version) FROM schema_version').pluck().get();
  if (Number(version) === knownVersion) return null; // in a column without a type it may be text
  return `Its schema has version ${String(version)}; version ${knownVersion} can be taken over.`;
}
