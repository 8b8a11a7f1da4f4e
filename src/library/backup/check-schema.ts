import { z } from 'zod';
import { listMigrationNames } from '../../base/database/migrate.ts';
import { openSqliteConnection } from '../../base/database/sqlite/sqlite-connection.ts';
import { readAppliedMigrations } from './sql/stored-pictures.ts';
import type { ArchiveHead } from './archive-layout.ts';
import { BackupDamagedError, BackupTooNewError } from './backup-errors.ts';

const headSchema = z.object({
  format: z.literal('mediashelf-backup'),
  formatVersion: z.number(),
  version: z.string(),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
});

/** Throws BackupDamagedError for what no backup begins with, BackupTooNewError for what this version does not know. */
export async function checkHead(text: string): Promise<ArchiveHead> {
  const { data: head } = headSchema.safeParse(parseJson(text));
  if (head === undefined) throw new BackupDamagedError('it does not begin as a backup does');
  if (head.formatVersion !== 1 || (await hasUnknown(head.migrations))) throw new BackupTooNewError(head.version);
  return { ...head, formatVersion: 1 };
}

/**
 * Checks the migrations in the database itself, whatever the head says. Throws BackupDamagedError for another
 * database or none, BackupTooNewError for migrations that this version does not know.
 */
export async function checkSchema(databasePath: string, { version }: ArchiveHead): Promise<void> {
  const applied = readMigrations(databasePath);
  if (applied.length === 0) throw new BackupDamagedError('its database is none of mediashelf');
  if (await hasUnknown(applied)) throw new BackupTooNewError(version);
}

function readMigrations(databasePath: string): string[] {
  try {
    const connection = openSqliteConnection(databasePath, '', { readonly: true });
    try {
      return readAppliedMigrations(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    throw new BackupDamagedError('it has no database that can be opened', { cause: error });
  }
}

async function hasUnknown(migrations: readonly string[]): Promise<boolean> {
  const known = new Set(await listMigrationNames('sqlite'));
  return migrations.some((name) => !known.has(name));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema says what is wrong with it
  }
}
