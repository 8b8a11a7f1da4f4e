import { existsSync } from 'node:fs';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { journalOf, useDatabaseFile } from './replacement.ts';

export type { Prisma, PrismaClient };
export type Sql = Prisma.Sql;

/** A row as a raw statement gives it: numbers, strings, and for dates a Date (PostgreSQL) or milliseconds (SQLite). */
export type RawRow = Record<string, unknown>;

/**
 * The catalogue's database. Ordinary work goes through `prisma`; the statements in src/database/statements use `read`
 * and `write`, where the common road would cost a factor of ten.
 */
export interface Database {
  readonly provider: 'sqlite' | 'postgresql';
  readonly prisma: PrismaClient;
  /** The rows of a prepared SELECT. It sees what is committed. */
  read(statement: Sql): Promise<RawRow[]>;
  /** Runs one statement by itself, atomically, and gives the number of rows that it changed. */
  write(statement: Sql): Promise<number>;
  /** The same for a statement with RETURNING: gives its rows. */
  writeReturning(statement: Sql): Promise<RawRow[]>;
  /**
   * Runs statements as one: all of them take effect, or none. Other writers wait, so it is kept short. PostgreSQL may have
   * it done again from its beginning, so what it does beside must bear that.
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

/** Finishes what `restore` decided and could not carry out. Whoever opens the database does the same. */
export async function settleReplacement(url: string): Promise<void> {
  const path = databasePathOf(url);
  if (path !== null && existsSync(journalOf(path))) (await useDatabaseFile(path)).release();
}

/** Opens the database that `url` names, creating it where it is a file, and applies the migrations it lacks. */
export async function openDatabase(url: string): Promise<Database> {
  // Of the two, only the driver that is used is loaded.
  if (/^postgres(ql)?:/.test(url)) return (await import('./postgresql/postgresql.ts')).openPostgresql(url);
  return (await import('./sqlite/sqlite.ts')).openSqlite(url);
}
