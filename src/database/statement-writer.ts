import type { Database, PrismaClient, RawRow, StatementWriter } from './database.ts';

type Statements = Pick<PrismaClient, '$executeRaw' | '$queryRaw'>;

export function createWriter(provider: Database['provider'], prisma: Statements): StatementWriter {
  return {
    provider,
    write: (statement) => prisma.$executeRaw(statement),
    writeReturning: (statement) => prisma.$queryRaw<RawRow[]>(statement),
  };
}

const timeoutMs = 60_000;

export function inTransaction<T>(
  provider: Database['provider'],
  prisma: PrismaClient,
  act: (transaction: StatementWriter) => Promise<T>,
): Promise<T> {
  // Prisma's own limits, 2 s for its turn and 5 s for the work, would fail under load what is only slow.
  const limits = { maxWait: timeoutMs, timeout: timeoutMs };
  return prisma.$transaction((client) => act(createWriter(provider, client)), limits);
}
