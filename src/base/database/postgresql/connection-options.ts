import type { PoolConfig } from 'pg';

/** How PostgreSQL is connected to. */
export interface ConnectionOptions {
  /** The most connections that statements are sent over; transactions hold theirs. */
  poolSize?: number;
  /** The address of PostgreSQL itself, where the other one leads to a pool of connections such as PgBouncer. */
  directUrl?: string;
  /** How long a transaction may wait for its process, in seconds. */
  idleInTransactionSeconds?: number;
}

/**
 * What PostgreSQL does about a process that hangs or is cut off. In the middle of a transaction such a process would hold its
 * locks without end, and by the keepalives of the system for two hours.
 *
 * There is no limit of waiting for a lock: with these, whoever is waited for is alive and at work, and a renamed folder of a
 * million items is one transaction of minutes.
 */
function sessionLimits({ idleInTransactionSeconds = 30 }: ConnectionOptions): string[] {
  return [
    `idle_in_transaction_session_timeout=${idleInTransactionSeconds}s`,
    // A connection without traffic is asked after 10 seconds, and given up after three questions without an answer.
    'tcp_keepalives_idle=10',
    'tcp_keepalives_interval=5',
    'tcp_keepalives_count=3',
    // One with bytes on their way is given up after this long: keepalives do not count then.
    'tcp_user_timeout=20s',
  ];
}

/** The connection of a session of its own, with its limits. What the URL or PGOPTIONS say counts before them. */
export function sessionConfig(url: string, options: ConnectionOptions = {}): PoolConfig {
  const { searchParams } = new URL(url);
  const own = searchParams.get('options') ?? process.env.PGOPTIONS ?? '';
  return {
    ...plainConfig(withoutOptions(url)),
    options: [...sessionLimits(options).map((limit) => `-c ${limit}`), own].join(' ').trim(),
  };
}

/** A connection to what only looks like PostgreSQL: a pool of connections would refuse limits that it does not know. */
export function plainConfig(url: string): PoolConfig {
  return {
    connectionString: url,
    fallback_application_name: 'mediashelf',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** What the URL says would replace all that is given beside it. */
function withoutOptions(text: string): string {
  const url = new URL(text);
  if (!url.searchParams.has('options')) return text;
  url.searchParams.delete('options');
  return url.href;
}
