import type { Logger } from 'pino';
import { isPostgresqlUrl, type DatabaseSettings } from '../config/database-settings.ts';
import type { Bus } from './bus.ts';
import { createLocalLeases, type Leases } from './leases.ts';
import { createLocalBus } from './local-bus.ts';
import type { Session } from './session.ts';

/** The processes that work on one database: what they tell each other, and what one of them has. */
export interface Peers {
  bus: Bus;
  leases: Leases;
  /** The session that both go over; null on SQLite, where a process has its database for itself. */
  session: Session | null;
  close(): Promise<void>;
}

/** Throws ServiceBusyError or StorageError where PostgreSQL cannot be used. */
export async function openPeers(
  { databaseUrl: url, databaseConnections: connections }: DatabaseSettings,
  log: Pick<Logger, 'info' | 'warn' | 'error'>,
): Promise<Peers> {
  if (!isPostgresqlUrl(url)) {
    const bus = createLocalBus(log);
    return { bus, leases: createLocalLeases(), session: null, close: () => bus.close() };
  }
  // Only the driver that is used is loaded.
  const { openSession } = await import('./session.ts');
  const { createPostgresqlBus, busChannel } = await import('./postgresql-bus.ts');
  const { createPostgresqlLeases } = await import('./postgresql-leases.ts');
  const session = await openSession({ url, connections, log, channel: busChannel });
  const bus = createPostgresqlBus({ session, log });
  return {
    bus,
    leases: createPostgresqlLeases(session),
    session,
    async close() {
      await bus.close();
      await session.close();
    },
  };
}
