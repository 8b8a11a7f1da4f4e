import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import type { Database, PrismaClient, RawRow, StatementWriter } from '../database.ts';
import { applyMigrations } from '../migrate.ts';
import { transactionOptions } from '../transaction-options.ts';
import { plainConfig, sessionConfig, type ConnectionOptions } from './connection-options.ts';
import { hasOwnSession, PooledSessionsError, refusesLimits } from './find-pooler.ts';
import { outliveDeadlocks } from './outlive-deadlocks.ts';
import { toPostgresqlFailure, translateFailures } from './postgresql-failures.ts';
import { postgresqlMigrationTarget } from './postgresql-migrations.ts';

/**
 * Opens the PostgreSQL database that `url` names. Throws ServiceBusyError or StorageError where it cannot be used, PooledSessionsError where
 * sessions are not its own.
 */
export async function openPostgresql(url: string, options: ConnectionOptions = {}): Promise<Database> {
  const { poolSize = 8, directUrl = url } = options;
  const { PrismaClient: PostgresqlClient } = await import('../generated/postgresql/client.ts');
  await migrate(directUrl, options).catch((error: unknown) => {
    throw toPostgresqlFailure(error);
  });
  const config = directUrl === url ? sessionConfig(url, options) : plainConfig(url);
  const factory = translateFailures(new PrismaPg({ ...config, max: poolSize }));
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

async function migrate(url: string, options: ConnectionOptions): Promise<void> {
  const client = await connect(url, options);
  try {
    await applyMigrations('postgresql', postgresqlMigrationTarget(client));
  } finally {
    await client.end();
  }
}

/** Connects to PostgreSQL itself. Throws PooledSessionsError where it is not. */
async function connect(url: string, options: ConnectionOptions): Promise<Client> {
  const setting = options.directUrl === undefined ? 'DATABASE_URL' : 'DATABASE_DIRECT_URL';
  const open = async (): Promise<Client> => {
    const client = new Client(sessionConfig(url, options));
    client.on('error', () => undefined); // The statement that runs, or the next one, fails with it.
    await client.connect();
    return client;
  };
  const client = await open().catch((error: unknown) => {
    throw refusesLimits(error) ? new PooledSessionsError(setting, { cause: error }) : error;
  });
  // The types leave the number out.
  const { processID } = client as Client & { processID: number | null };
  if (await hasOwnSession(client, processID ?? 0, open)) return client;
  await client.end();
  throw new PooledSessionsError(setting);
}

function writeTo(prisma: Pick<PrismaClient, '$executeRaw' | '$queryRaw'>): StatementWriter {
  return {
    provider: 'postgresql',
    write: (statement) => prisma.$executeRaw(statement),
    writeReturning: (statement) => prisma.$queryRaw<RawRow[]>(statement),
  };
}
