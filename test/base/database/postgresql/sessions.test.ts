import { inject, onTestFinished, describe, expect, it } from 'vitest';
import {
  PooledSessionsError,
  hasOwnSession,
  refusesLimits,
} from '../../../../src/base/database/postgresql/find-pooler.ts';
import { sessionConfig } from '../../../../src/base/database/postgresql/connection-options.ts';
import { openDatabase } from '../../../../src/base/database/open-database.ts';
import { sql } from '../../../../src/base/database/sql.ts';
import { domainErrorOf } from '../../../../src/base/errors/domain-error-of.ts';
import { describeOnPostgresql } from '../../../support/databases.ts';

const limits = sql`
  SELECT name, setting FROM pg_settings
  WHERE name IN ('idle_in_transaction_session_timeout', 'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count',
    'tcp_user_timeout', 'lock_timeout') ORDER BY name`;

async function limitsOf(url: string): Promise<Record<string, unknown>> {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return Object.fromEntries((await database.read(limits)).map(({ name, setting }) => [name, setting]));
}

describe('a session of PostgreSQL', () => {
  it('ends soon where its process hangs or is cut off, unless the address says otherwise', async () => {
    const { url } = inject('postgresql');
    const own = {
      idle_in_transaction_session_timeout: '30000',
      lock_timeout: '0',
      tcp_keepalives_count: '3',
      tcp_keepalives_idle: '10',
      tcp_keepalives_interval: '5',
      tcp_user_timeout: '20000',
    };
    expect(await limitsOf(url)).toEqual(own);
    const options = encodeURIComponent('-c lock_timeout=7000 -c tcp_keepalives_idle=60');
    expect(await limitsOf(`${url}?options=${options}`)).toEqual({
      ...own,
      lock_timeout: '7000',
      tcp_keepalives_idle: '60',
    });
  });

  it('takes no more connections than it is told', async () => {
    const database = await openDatabase(inject('postgresql').url, { poolSize: 3 });
    onTestFinished(() => database.close());
    const processes = await Promise.all(
      Array.from({ length: 9 }, () => database.read(sql`SELECT pg_backend_pid() AS pid FROM pg_sleep(0.05)`)),
    );
    expect(new Set(processes.map(([row]) => row?.pid)).size).toBeLessThanOrEqual(3);
  });

  it('keeps what else the address has', () => {
    const config = sessionConfig('postgresql://u:p@db:5433/shelf?sslmode=require&options=-c%20search_path%3Da');
    expect(config.connectionString).toBe('postgresql://u:p@db:5433/shelf?sslmode=require');
    expect(config.options).toMatch(/^-c idle_in_transaction_session_timeout=30s .* -c search_path=a$/);
  });
});

const set = (value: number) => sql`
  INSERT INTO system_settings (key, value, updated_at) VALUES ('it', CAST(${String(value)} AS JSONB), now())
  ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`;

describeOnPostgresql('a transaction whose process does nothing', (open) => {
  it('ends, and lets go of what others wait for', async () => {
    const hanging = await openDatabase(open.url(), { idleInTransactionSeconds: 1 });
    onTestFinished(() => hanging.close());
    const other = await open();
    const failure = hanging.transaction(async (transaction) => {
      await transaction.write(set(1));
      // The process hangs here: nothing but the end of its session lets the other one go on.
      await other.write(set(2));
      await transaction.write(set(3));
    });
    const thrown: unknown = await failure.catch((error: unknown) => error);
    expect(domainErrorOf(thrown)).toMatchObject({ code: 'SERVICE_BUSY' });
    expect(await other.prisma.systemSetting.findMany({ select: { value: true } })).toEqual([{ value: 2 }]);
    // Its place in the pool is taken by a new connection.
    expect(await hanging.prisma.systemSetting.count()).toBe(1);
  });
});

/** Clients of a pool, as far as they can tell: each statement outside a transaction may be answered by another process. */
function poolOf(processes: number[], byTransaction: boolean) {
  const free = [...processes];
  return async () => {
    let mine: number | undefined;
    let isInTransaction = false;
    return {
      async query(text: string) {
        mine ??= free.pop() ?? 0;
        if (text === 'BEGIN') isInTransaction = true;
        if (text === 'COMMIT') isInTransaction = false;
        const rows = [{ pid: mine }];
        if (byTransaction && !isInTransaction) {
          free.push(mine);
          mine = undefined;
        }
        return { rows };
      },
      async end() {},
    };
  };
}
const look = async (connect: () => Promise<unknown>, told: number) => {
  const open = connect as Parameters<typeof hasOwnSession>[2];
  return hasOwnSession(await open(), told, open);
};

describe('a pool of connections before PostgreSQL', () => {
  it('is known where it gives each transaction another session, and let be where it does not', async () => {
    expect(await look(poolOf([11, 12], true), 99)).toBe(false);
    expect(await look(poolOf([11], true), 99)).toBe(false);
    expect(await look(poolOf([11, 12], false), 99)).toBe(true);
  });

  it('is not looked for where the session is its own', async () => {
    const connect = poolOf([11], false);
    expect(await look(connect, 11)).toBe(true);
  });

  it('is known by what it refuses', () => {
    const text = 'unsupported startup parameter in options: idle_in_transaction_session_timeout';
    expect(refusesLimits(Object.assign(new Error(text), { code: '08P01' }))).toBe(true);
    expect(refusesLimits(Object.assign(new Error('invalid frontend message type 0'), { code: '08P01' }))).toBe(false);
    expect(new PooledSessionsError('DATABASE_URL').message).toContain('Set DATABASE_DIRECT_URL');
  });
});
