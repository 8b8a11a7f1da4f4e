import { join, resolve } from 'node:path';
import { SettingsError } from './config-errors.ts';

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

/** The variables that say which database there is. */
interface DatabaseVariables {
  DATABASE_URL?: string | undefined;
  DATABASE_DIRECT_URL?: string | undefined;
  DATABASE_POOL_SIZE: number;
}

/** Throws SettingsError for an address of PostgreSQL beside an SQLite file. */
export function readDatabaseSettings(
  { DATABASE_URL, DATABASE_DIRECT_URL: directUrl, DATABASE_POOL_SIZE: poolSize }: DatabaseVariables,
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

/**
 * Whether a database URL is one that the service understands: `postgres://…`, `postgresql://…`, or `file:` with the
 * path of a file. SQLite's other forms (`file://host/…`, `?mode=…`) would become strange file names.
 */
export function isDatabaseUrl(url: string): boolean {
  if (isPostgresqlUrl(url)) return URL.canParse(url);
  return /^file:(?!\/\/[^/])[^?]*[^?/]$/.test(url);
}

/**
 * Makes the path of a `file:` URL absolute and leaves other URLs as they are, so that no later change of the working
 * folder changes the database.
 */
function absoluteDatabaseUrl(url: string, cwd: string): string {
  const scheme = 'file:';
  return url.startsWith(scheme) ? scheme + resolve(cwd, url.slice(scheme.length)) : url;
}

export function isPostgresqlUrl(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url);
}
