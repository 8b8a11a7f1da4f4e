import SqliteDatabase from 'better-sqlite3';
import type { RawRow, Sql } from '../database.ts';

/** A connection of our own, past Prisma's layers: each statement is prepared once. */
export interface SqliteConnection {
  all(statement: Sql): RawRow[];
  /** Returns the number of rows that the statement changed. */
  run(statement: Sql): number;
  exec(script: string): void;
  isInTransaction(): boolean;
  close(): void;
}

interface Prepared {
  statement: SqliteDatabase.Statement<unknown[], unknown[]>;
  names: string[];
}

const maxPrepared = 200;

export function openSqliteConnection(path: string, pragmas: string, options: { readonly: boolean }): SqliteConnection {
  const connection = new SqliteDatabase(path, options);
  connection.exec(pragmas);
  const prepared = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    let entry = prepared.get(sql);
    if (entry === undefined) {
      const statement = connection.prepare<unknown[], unknown[]>(sql);
      const names = statement.reader
        ? statement
            .raw()
            .columns()
            .map((column) => column.name)
        : [];
      entry = { statement, names };
      if (prepared.size >= maxPrepared) prepared.clear();
      prepared.set(sql, entry);
    }
    return entry;
  }

  return {
    all({ sql, values }) {
      const { statement, names } = prepare(sql);
      return statement.all(...values.map(toSqliteValue)).map((row) => toRow(names, row));
    },
    run: ({ sql, values }) => prepare(sql).statement.run(...values.map(toSqliteValue)).changes,
    exec: (script) => void connection.exec(script),
    isInTransaction: () => connection.inTransaction,
    close: () => void connection.close(),
  };
}

/**
 * The driver returns rows as arrays, and objects are made of them here: a third faster than the driver's own objects.
 */
function toRow(names: readonly string[], values: readonly unknown[]): RawRow {
  const row: RawRow = {};
  for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
  return row;
}

/** SQLite has no booleans; dates are milliseconds, as Prisma's adapter is configured to store them. */
function toSqliteValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value;
}
