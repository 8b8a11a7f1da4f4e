import { join } from 'node:path';
import { SettingsError } from './config-errors.ts';
import { absoluteDatabaseUrl, isPostgresqlUrl } from './database-url.ts';
import type { Environment } from './settings-schema.ts';

export interface DatabaseSettings {
  /** `file:` with an absolute path, or `postgresql://…`. */
  databaseUrl: string;
  /** How PostgreSQL is connected to. */
  databaseConnections: {
    /** The most connections that statements are sent over; one or two more are for the process itself. */
    poolSize: number;
    /** PostgreSQL itself, where `databaseUrl` leads to a pool of connections in front of it. */
    directUrl?: string;
  };
}

/** Throws SettingsError for an address of PostgreSQL beside an SQLite file. */
export function readDatabaseSettings(
  { DATABASE_URL, DATABASE_DIRECT_URL: directUrl, DATABASE_POOL_SIZE: poolSize }: Environment,
  { cwd, dataDir }: { cwd: string; dataDir: string },
): DatabaseSettings {
  if (directUrl !== undefined && !isPostgresqlUrl(DATABASE_URL ?? '')) {
    const expected = 'nothing, or the address of a PostgreSQL in DATABASE_URL beside it';
    throw new SettingsError([{ key: 'DATABASE_DIRECT_URL', found: 'an address beside an SQLite file', expected }]);
  }
  return {
    databaseUrl: absoluteDatabaseUrl(DATABASE_URL ?? `file:${join(dataDir, 'catalogue.db')}`, cwd),
    databaseConnections: { poolSize, ...(directUrl !== undefined && { directUrl }) },
  };
}
