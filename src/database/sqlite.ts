import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import SqliteDatabase from 'better-sqlite3';
import type { Database, RawRow, Sql } from './database.ts';
import { isolateTransactions } from './isolated-sqlite-adapter.ts';
import { applyMigrations } from './migrate.ts';
import { toSqliteValue } from './sqlite-value.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

// A row of the catalogue touches a dozen index pages anywhere in the file: with large pages a bulk insert takes half the
// time. The size has to be chosen before the first table is made.
// WAL lets readers and the one writer work side by side. NORMAL never corrupts; a power cut may undo the last
// commits, a killed process loses nothing. Foreign keys are off by default in SQLite.
const pragmas = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -32768;
`;

/** Opens the embedded database. `url` is `file:` and a path, whose folder is made where it is missing. */
export async function openSqlite(url: string): Promise<Database> {
  const { PrismaClient } = await import('./generated/sqlite/client.ts');
  const path = url.replace(/^file:/, '');
  await mkdir(dirname(path), { recursive: true });
  const factory = isolateTransactions(new PrismaBetterSqlite3({ url }, { timestampFormat: 'unixepoch-ms' }), pragmas);
  await applyMigrations('sqlite', factory);
  const adapter = await factory.connect();
  const prisma = new PrismaClient({ adapter: { ...factory, connect: async () => adapter } });
  await prisma.$connect();
  const reader = openReader(path);
  return {
    prisma,
    read: async (statement) => reader.all(statement),
    ...createSqliteWriter(adapter),
    async close() {
      reader.close();
      await prisma.$disconnect();
    },
  };
}

interface Reader {
  all(statement: Sql): RawRow[];
  close(): void;
}

const preparedLimit = 200;

/**
 * A second connection of the same library that only reads: prepared once and without Prisma's own layers, a list page
 * takes a tenth of the time.
 */
function openReader(path: string): Reader {
  const connection = new SqliteDatabase(path, { readonly: true });
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -16384');
  const prepared = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    let entry = prepared.get(sql);
    if (entry === undefined) {
      const statement = connection.prepare<unknown[], unknown[]>(sql).raw();
      entry = { statement, names: statement.columns().map((column) => column.name) };
      if (prepared.size >= preparedLimit) prepared.clear();
      prepared.set(sql, entry);
    }
    return entry;
  }

  return {
    all(query) {
      const { statement, names } = prepare(query.sql);
      return statement.all(...query.values.map(toSqliteValue)).map((values) => toRow(names, values));
    },
    close: () => connection.close(),
  };
}

interface Prepared {
  statement: SqliteDatabase.Statement<unknown[], unknown[]>;
  names: string[];
}

/** Rows as arrays from the driver, made into objects here: a third faster than the driver's own objects. */
function toRow(names: readonly string[], values: readonly unknown[]): RawRow {
  const row: RawRow = {};
  for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
  return row;
}
