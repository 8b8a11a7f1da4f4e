import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';

export type { Prisma, PrismaClient };
export type Sql = Prisma.Sql;

/**
 * A row as a raw statement returns it: numbers, strings, and for dates a Date (PostgreSQL) or milliseconds (SQLite).
 */
export type RawRow = Record<string, unknown>;

/**
 * The catalogue's database. Ordinary work goes through `prisma`; the statements in the rooms' `sql/` folders use `read`
 * and `write`, where Prisma's queries would take ten times as long.
 */
export interface Database {
  readonly provider: 'sqlite' | 'postgresql';
  readonly prisma: PrismaClient;
  /** Returns the rows of a prepared SELECT, which sees what is committed. */
  read(statement: Sql): Promise<RawRow[]>;
  /** Runs one statement by itself, atomically, and returns the number of rows that it changed. */
  write(statement: Sql): Promise<number>;
  /** Runs one statement with RETURNING by itself, atomically, and returns its rows. */
  writeReturning(statement: Sql): Promise<RawRow[]>;
  /**
   * Runs statements as one: all of them take effect, or none. Other writers wait, so keep `act` short. On PostgreSQL
   * it may run again from its beginning, so whatever else it does must bear repetition.
   */
  transaction<T>(act: (transaction: StatementWriter) => Promise<T>): Promise<T>;
  /** What was committed before the call outlives a power cut. Waits for the disk, on another thread. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** What a statement that writes needs, inside a transaction or outside. */
export type StatementWriter = Pick<Database, 'provider' | 'write' | 'writeReturning'>;

/** The path of the database's file; null for PostgreSQL. */
export function databasePathOf(url: string): string | null {
  return url.startsWith('file:') ? url.slice('file:'.length) : null;
}
