// Generates both Prisma clients from the one set of models in prisma/schema.prisma. `prisma generate` would download
// a schema engine that it does not use for this; naming any executable file instead keeps it off the network.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toPostgresqlSchema } from './postgresql-schema.ts';

const prismaCli = createRequire(import.meta.url).resolve('prisma/build/index.js');
const sqliteSchema = 'prisma/schema.prisma';
const postgresqlSchema = 'src/base/database/generated/postgresql.prisma';

rmSync('src/base/database/generated', { recursive: true, force: true });
mkdirSync(dirname(postgresqlSchema), { recursive: true });
writeFileSync(postgresqlSchema, toPostgresqlSchema(readFileSync(sqliteSchema, 'utf8'), join('.', 'postgresql')));
for (const schema of [sqliteSchema, postgresqlSchema]) generate(schema);

function generate(schema: string): void {
  execFileSync(process.execPath, [prismaCli, 'generate', '--no-hints', '--schema', schema], {
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
