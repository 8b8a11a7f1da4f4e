import type { Client } from 'pg';
import { DomainError } from '../../errors/domain-error.ts';

/** A pool of connections stands before PostgreSQL, so that nothing of a session lasts longer than a transaction. */
export class PooledSessionsError extends DomainError {
  readonly code = 'POOLED_SESSIONS';
  readonly httpStatus = 500;

  constructor(setting: 'DATABASE_URL' | 'DATABASE_DIRECT_URL', options?: ErrorOptions) {
    super(
      `${setting} leads to a pool of connections, such as PgBouncer with pool_mode = transaction, which gives every transaction ` +
        'another session: what nodes tell each other would be lost, and so would the limits of a session. ' +
        (setting === 'DATABASE_URL'
          ? 'Set DATABASE_DIRECT_URL to the address of PostgreSQL itself beside it, or DATABASE_URL to that.'
          : 'Set it to the address of PostgreSQL itself.'),
      options,
    );
  }
}

type Connection = Pick<Client, 'query' | 'end'>;

/** A pool of connections is busy with others, so that one look may miss it. */
const looks = 3;

/**
 * Finds out whether the client's session is its own. A pool of connections invents the number of the process that it answers a
 * client with; if it pools by session, each of two clients has one process all the time, and by transaction the second one gets that of
 * the first, or the first another one.
 *
 * @param told the number that the client was answered with
 * @param connect opens a second client, which is closed here
 */
export async function hasOwnSession(
  client: Connection,
  told: number,
  connect: () => Promise<Connection>,
): Promise<boolean> {
  const first = await processOf(client);
  if (first === told) return true;
  const other = await connect();
  try {
    for (let look = 0; look < looks; look += 1) {
      await other.query('BEGIN');
      const taken = await processOf(other);
      await other.query('COMMIT');
      if (taken === first || (await processOf(client)) !== first) return false;
    }
    return true;
  } finally {
    await other.end();
  }
}

/** PgBouncer refuses what it is not told to ignore, with this code. */
export function refusesLimits(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '08P01' && typeof message === 'string' && message.startsWith('unsupported startup parameter');
}

async function processOf(client: Connection): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
