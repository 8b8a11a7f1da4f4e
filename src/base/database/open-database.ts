import { existsSync } from 'node:fs';
import { isPostgresqlUrl } from '../config/database-settings.ts';
import { journalOf, useDatabaseFile } from './replacement.ts';
import { type Database, databasePathOf } from './database.ts';
import type { ConnectionOptions } from './postgresql/connection-options.ts';

/** Finishes what `restore` decided and could not carry out. Opening the database does the same. */
export async function settleReplacement(url: string): Promise<void> {
  const path = databasePathOf(url);
  if (path !== null && existsSync(journalOf(path))) (await useDatabaseFile(path)).release();
}

/**
 * Opens the database that `url` names, creating it where it is a file, and applies the migrations it lacks. The connections are
 * those of PostgreSQL.
 */
export async function openDatabase(url: string, connections: ConnectionOptions = {}): Promise<Database> {
  // Only the driver that is used is loaded.
  if (isPostgresqlUrl(url)) return (await import('./postgresql/postgresql.ts')).openPostgresql(url, connections);
  return (await import('./sqlite/sqlite.ts')).openSqlite(url);
}
