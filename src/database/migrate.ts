import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import { openSchemaEngine } from './schema-engine.ts';

// The same depth from src/database and from dist/database.
const migrationsFolder = new URL('../../prisma/migrations/', import.meta.url);

/**
 * Applies the migrations that the database lacks and gives their names. They are recorded in `_prisma_migrations`, so
 * that `prisma migrate deploy` on the same folder agrees.
 */
export async function applyMigrations(
  provider: 'sqlite' | 'postgresql',
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string[]> {
  const migrationsList = await listMigrations(new URL(`${provider}/`, migrationsFolder));
  const names = migrationsList.migrationDirectories.map(({ path }) => path);
  if (await areAllApplied(factory, names)) return [];
  const connections: SqlDriverAdapter[] = [];
  const engine = await openSchemaEngine(rememberConnections(factory, connections));
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  } finally {
    engine.free();
    // The engine does not close what it opened, and on SQLite it holds an exclusive lock.
    await Promise.all(connections.map((connection) => connection.dispose()));
  }
}

/** At nearly every start they are, and then the engine is not needed: it takes time and some 30 MB, which stay. */
async function areAllApplied(factory: SqlMigrationAwareDriverAdapterFactory, names: string[]): Promise<boolean> {
  const connection = await factory.connect();
  try {
    const sql =
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';
    const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
    const applied = new Set(rows.map(([name]) => name));
    return names.every((name) => applied.has(name));
  } catch {
    return false; // the database is new and has no such table; whatever else it may be, the engine says it better
  } finally {
    await connection.dispose();
  }
}

function rememberConnections(
  factory: SqlMigrationAwareDriverAdapterFactory,
  connections: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const connection = await factory.connect();
      connections.push(connection);
      return connection;
    },
  };
}

async function listMigrations(folder: URL): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: fileURLToPath(folder),
    lockfile: { path: 'migration_lock.toml', content: await readFile(new URL('migration_lock.toml', folder), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(new URL(`${name}/migration.sql`, folder), 'utf8') },
        },
      })),
    ),
  };
}
