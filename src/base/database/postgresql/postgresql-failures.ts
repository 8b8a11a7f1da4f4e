import type {
  SqlMigrationAwareDriverAdapterFactory,
  SqlDriverAdapter,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { ServiceBusyError } from '../../errors/domain-error.ts';
import { StorageError } from '../../errors/storage-error.ts';
import { outliveDeadlocks } from './outlive-deadlocks.ts';

/** Wraps the adapter, so that its failures come out as `toPostgresqlFailure` translates them. */
export function translateFailures(
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      return translateFailuresOf(await factory.connect());
    },
  };
}

function translateFailuresOf(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    // A statement outside a transaction can be repeated alone; a transaction has to be repeated as a whole.
    ...translateFailuresOfQueries(adapter, outliveDeadlocks),
    executeScript: (script) => adapter.executeScript(script).catch(rethrow),
    async startTransaction(isolationLevel) {
      const transaction = await adapter.startTransaction(isolationLevel).catch(rethrow);
      return translateFailuresIn(transaction);
    },
    ...(adapter.getConnectionInfo && { getConnectionInfo: () => adapter.getConnectionInfo!() }),
    dispose: () => adapter.dispose(),
  };
}

function translateFailuresIn(transaction: Transaction): Transaction {
  return {
    ...translateFailuresOfQueries(transaction, (work) => work()),
    options: transaction.options,
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
    createSavepoint: async (name) => transaction.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name),
  };
}

function translateFailuresOfQueries(
  queryable: SqlQueryable,
  attempt: <T>(work: () => Promise<T>) => Promise<T>,
): SqlQueryable {
  const { provider, adapterName } = queryable;
  return {
    provider,
    adapterName,
    queryRaw: (query) => attempt(() => queryable.queryRaw(query)).catch(rethrow),
    executeRaw: (query) => attempt(() => queryable.executeRaw(query)).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  throw toPostgresqlFailure(error);
}

/**
 * Turns a server that is away, a full disk and a wrong address into a DomainError that says so; returns any other error
 * as it is. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function toPostgresqlFailure(error: unknown): unknown {
  const code = codeOf(error);
  if (away.test(code))
    return new ServiceBusyError(`The database does not answer (${code}).`, undefined, { cause: error });
  const advice = Object.entries(advices).find(([prefix]) => code.startsWith(prefix))?.[1];
  return advice === undefined
    ? error
    : new StorageError(`The database could not be used (${code}). ${advice}`, { cause: error });
}

/**
 * Codes of a broken connection, of a server that starts, stops or has no connection left, of a session that it ended because its
 * transaction waited for this process for too long, and of the operating system.
 */
const away = /^(08|57P0|53300|25P03|E[A-Z_]+$)|^(DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/;

const brokenConnection = /^(Connection terminated|Client has encountered a connection error)/;

const advices = {
  53100: 'Its disk is full: make room, then try again.',
  58030: "The server's disk is at fault: check it, then try again.",
  25006: 'It takes no changes: use the address of the server that does.',
  28: 'Correct the user or the password in DATABASE_URL.',
  '3D000': 'Correct the name of the database in DATABASE_URL, or create it.',
};

/** The code that the driver gave the error, also where Prisma's adapter wrapped it; empty where it has none. */
function codeOf(error: unknown): string {
  const { code, cause, message } = error as {
    code?: unknown;
    cause?: { originalCode?: unknown; kind?: unknown };
    message?: unknown;
  };
  // The driver gives a connection that breaks no code.
  if (typeof message === 'string' && brokenConnection.test(message)) return 'ConnectionClosed';
  const found = cause?.originalCode ?? code ?? cause?.kind;
  return typeof found === 'string' ? found : '';
}
