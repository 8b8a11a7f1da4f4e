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
