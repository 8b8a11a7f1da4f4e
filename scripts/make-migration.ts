// `npm run db:migration -- NAME` writes the next migration of both providers, from the models as of the last migration
// (kept beside the migrations) to prisma/schema.prisma as it is now. Read the SQL, and add by hand what models cannot
// say.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import type { DiffTarget } from '@prisma/schema-engine-wasm';
import { openSchemaEngine } from './schema-engine.ts';
import { startPostgresql } from '../test/support/start-postgresql.ts';
import { toPostgresqlSchema } from './postgresql-schema.ts';

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  throw new Error('usage: npm run db:migration -- NAME, the name in lower_snake_case');
}

const models = readFileSync('prisma/schema.prisma', 'utf8');
await writeMigration('sqlite', models, new PrismaBetterSqlite3({ url: ':memory:' }));
const postgresql = await startPostgresql();
try {
  const factory = new PrismaPg({ connectionString: postgresql.urlOf('postgres') });
  await writeMigration('postgresql', toPostgresqlSchema(models, 'unused'), factory);
} finally {
  await postgresql.stop();
}

async function writeMigration(
  provider: 'sqlite' | 'postgresql',
  schema: string,
  factory: Parameters<typeof openSchemaEngine>[0],
): Promise<void> {
  const folder = join('prisma', 'migrations', provider);
  mkdirSync(folder, { recursive: true });
  const lastSchema = join(folder, 'schema.prisma');
  const engine = await openSchemaEngine(factory);
  const { stdout } = await engine.diff({
    from: existsSync(lastSchema) ? datamodel(readFileSync(lastSchema, 'utf8')) : { tag: 'empty' },
    to: datamodel(schema),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const number = readdirSync(folder).filter((entry) => /^\d{4}_/.test(entry)).length + 1;
  const migration = join(folder, `${String(number).padStart(4, '0')}_${name}`);
  mkdirSync(migration);
  writeFileSync(join(migration, 'migration.sql'), stdout ?? '');
  writeFileSync(lastSchema, schema);
  writeFileSync(join(folder, 'migration_lock.toml'), `provider = "${provider}"\n`);
  process.stdout.write(`${join(migration, 'migration.sql')}\n`);
}

function datamodel(content: string): DiffTarget {
  return { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
}
