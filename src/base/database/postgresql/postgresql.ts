import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import type { Database, PrismaClient, RawRow, StatementWriter } from '../database.ts';
import { applyMigrations } from '../migrate.ts';
import { transactionOptions } from '../transaction-options.ts';
import { outliveDeadlocks } from './outlive-deadlocks.ts';
import { toPostgresqlFailure, translateFailures } from './postgresql-failures.ts';
import { postgresqlMigrationTarget } from './postgresql-migrations.ts';

/** Opens the PostgreSQL database that `url` names. Throws ServiceBusyError or StorageError where it cannot be used. */
export async function openPostgresql(url: string): Promise<Database> {
  const { PrismaClient: PostgresqlClient } = await import('../generated/postgresql/client.ts');
  await migrate(url).catch((error: unknown) => {
    throw toPostgresqlFailure(error);
  });
  const factory = translateFailures(new PrismaPg({ connectionString: url }));
  // Both clients come from the same models: the code uses what they have in common, typed as one of them.
  const prisma = new PostgresqlClient({ adapter: factory, transactionOptions }) as unknown as PrismaClient;
  await prisma.$connect();
  return {
    prisma,
    read: (statement) => prisma.$queryRaw<RawRow[]>(statement),
    ...writeTo(prisma),
    transaction: (act) => outliveDeadlocks(() => prisma.$transaction((client) => act(writeTo(client)))),
    // A commit is on the disk before the server confirms it, unless the server was set to `synchronous_commit = off`.
    flush: async () => undefined,
    close: () => prisma.$disconnect(),
  };
}

async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await applyMigrations('postgresql', postgresqlMigrationTarget(client));
  } finally {
    await client.end();
  }
}

function writeTo(prisma: Pick<PrismaClient, '$executeRaw' | '$queryRaw'>): StatementWriter {
  return {
    provider: 'postgresql',
    write: (statement) => prisma.$executeRaw(statement),
    writeReturning: (statement) => prisma.$queryRaw<RawRow[]>(statement),
  };
}
