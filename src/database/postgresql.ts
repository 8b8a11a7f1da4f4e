import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Database, PrismaClient, RawRow, StatementWriter } from './database.ts';
import { applyMigrations } from './migrate.ts';

/** Opens the PostgreSQL database that `url` names. */
export async function openPostgresql(url: string): Promise<Database> {
  const { PrismaClient: PostgresqlClient } = await import('./generated/postgresql/client.ts');
  const factory = new PrismaPg({ connectionString: url });
  await applyMigrations('postgresql', withWholeScripts(factory));
  // Both clients come from the same models: the code uses what they have in common, typed as one of them.
  const prisma = new PostgresqlClient({ adapter: factory }) as unknown as PrismaClient;
  await prisma.$connect();
  return {
    prisma,
    read: (statement) => prisma.$queryRaw<RawRow[]>(statement),
    ...writeTo(prisma),
    // Prisma's own limits, 2 s for its turn and 5 s for the work, would fail under load what is only slow.
    transaction: (act) => prisma.$transaction((client) => act(writeTo(client)), { maxWait: 60_000, timeout: 60_000 }),
    close: () => prisma.$disconnect(),
  };
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside the body of a function. Sent whole, PostgreSQL itself
 * reads it, and runs it as one transaction.
 */
function withWholeScripts(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const connection = await factory.connect();
      connection.executeScript = async (script) => {
        await connection.underlyingDriver().query(script);
      };
      return connection;
    },
  };
}

function writeTo(prisma: Pick<PrismaClient, '$executeRaw' | '$queryRaw'>): StatementWriter {
  return {
    provider: 'postgresql',
    write: (statement) => prisma.$executeRaw(statement),
    writeReturning: (statement) => prisma.$queryRaw<RawRow[]>(statement),
  };
}
