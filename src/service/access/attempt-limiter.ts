import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Database } from '../../base/database/database.ts';

/** Counts attempts by a key, for a minute from the first one on. */
export type AttemptLimiter = Pick<RateLimiterMemory, 'consume' | 'delete'>;

export type CountingDatabase = Pick<Database, 'provider' | 'prisma'>;

/** `kind` distinguishes the keys of several limiters. Where the database is away, each node counts by itself. */
export function createAttemptLimiter(
  kind: string,
  perMinute: number,
  database: CountingDatabase | null,
): AttemptLimiter {
  const limits = { keyPrefix: kind, points: perMinute, duration: 60 };
  const memory = new RateLimiterMemory(limits);
  if (database?.provider !== 'postgresql') return memory;
  return new RateLimiterPostgres({
    ...limits,
    storeClient: clientOf(database),
    storeType: 'client',
    // The migrations make the table.
    tableName: 'wrong_tokens',
    tableCreated: true,
    // Whoever goes on after the limit costs no statement.
    inMemoryBlockOnConsumed: perMinute,
    insuranceLimiter: memory,
  });
}

interface Query {
  text: string;
  values: unknown[];
}

/** The part of a client of the driver that the limiter uses, over the connections that there are. */
function clientOf({ prisma }: CountingDatabase) {
  return {
    async query({ text, values }: Query) {
      const rows = await prisma.$queryRawUnsafe<{ points?: number; expire?: bigint }[]>(text, ...values);
      return { rows: rows.map(({ points, expire }) => ({ points, expire: Number(expire) })), rowCount: rows.length };
    },
  };
}
