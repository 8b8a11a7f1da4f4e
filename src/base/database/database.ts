import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';

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
