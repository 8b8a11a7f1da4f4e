import type {
  SqlMigrationAwareDriverAdapterFactory,
  SqlDriverAdapter,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { Mutex } from 'async-mutex';
import { toSqliteFailure, whenUnlocked } from './sqlite-failures.ts';

/**
 * Prisma's SQLite adapter runs everything on one connection, so a statement from elsewhere that arrives while a
 * transaction is open becomes part of it, and is lost when it rolls back. Behind this adapter such a statement waits
 * for the end of the transaction; only a SELECT does not wait, and may see what is not committed yet. Transactions
 * begin IMMEDIATE: one that began as a reader could not wait for another process's write lock and would fail with
 * SQLITE_BUSY at once. `turns` is held by whoever is in a transaction; `onWrite` is called with each commit.
 */
export function isolateTransactions(
  factory: SqlMigrationAwareDriverAdapterFactory,
  pragmas: string,
  turns: Mutex,
  onWrite: () => void,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      await adapter.executeScript(pragmas);
      return isolate(adapter, turns, onWrite);
    },
  };
}

function isolate(adapter: SqlDriverAdapter, turns: Mutex, onWrite: () => void): SqlDriverAdapter {
  const outsideTransactions = async (): Promise<void> => {
    while (turns.isLocked()) await turns.waitForUnlock();
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    async queryRaw(query) {
      const isSelect = /^\s*SELECT\b/i.test(query.sql);
      return whenUnlocked(async () => {
        // A transaction may have begun while this statement waited.
        if (!isSelect) await outsideTransactions();
        return adapter.queryRaw(query);
      });
    },
    async executeRaw(query) {
      return whenUnlocked(async () => {
        await outsideTransactions();
        const changed = await adapter.executeRaw(query);
        onWrite();
        return changed;
      });
    },
    async executeScript(script) {
      await outsideTransactions();
      return adapter.executeScript(script);
    },
    dispose: () => adapter.dispose(),
    async startTransaction() {
      const release = await turns.acquire();
      try {
        await whenUnlocked(() => adapter.executeScript('BEGIN IMMEDIATE'));
      } catch (error) {
        release();
        throw error;
      }
      return toTransaction(adapter, () => {
        onWrite();
        release();
      });
    },
  };
}

function rethrow(error: unknown): never {
  throw toSqliteFailure(error);
}

/** Prisma itself sends COMMIT and ROLLBACK as statements; `commit` and `rollback` only report that it has. */
function toTransaction(adapter: SqlDriverAdapter, release: () => void): Transaction {
  const run = async (sql: string): Promise<void> => {
    await adapter.executeRaw({ sql, args: [], argTypes: [] });
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => adapter.queryRaw(query).catch(rethrow),
    executeRaw: (query) =>
      adapter.executeRaw(query).catch((error: unknown) => {
        // Where the disk is full, SQLite has rolled back by itself.
        if (query.sql === 'ROLLBACK' && /no transaction is active/.test(String(error))) return 0;
        return rethrow(error);
      }),
    commit: async () => release(),
    rollback: async () => release(),
    createSavepoint: (name) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => run(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => run(`RELEASE SAVEPOINT ${name}`),
  };
}
