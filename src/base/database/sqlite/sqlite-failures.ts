import { setTimeout } from 'node:timers/promises';
import { ServiceBusyError } from '../../errors/domain-error.ts';
import { StorageError } from '../../errors/storage-error.ts';

/** How long a writer waits for another process: longer than any transaction of this service takes. */
const patienceMs = 60_000;
const maxPauseMs = 25;

/**
 * Runs what begins a transaction, or is one, as soon as no other process is writing. SQLite itself would wait as well,
 * but on this thread, which has requests to answer. Throws ServiceBusyError after a minute, else what `act` throws.
 */
export async function whenUnlocked<T>(act: () => T | Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY')) throw toSqliteFailure(error);
      if (performance.now() - startedAt > patienceMs) throw busy(error);
    }
    // The length is random, so that no waiter always comes later than the others.
    await setTimeout(1 + Math.random() * maxPauseMs);
  }
}

/** Turns a full or broken disk and a lock into a DomainError that says so; returns any other error as it is. */
export function toSqliteFailure(error: unknown): unknown {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_BUSY')) return busy(error);
  const advice = Object.entries(advices).find(([prefix]) => code.startsWith(prefix))?.[1];
  return advice === undefined
    ? error
    : new StorageError(`The database could not be written (${code}). ${advice}`, { cause: error });
}

function busy(cause: unknown): ServiceBusyError {
  return new ServiceBusyError('Another process has been writing to the database for long.', undefined, { cause });
}

const advices = {
  SQLITE_FULL: 'The disk is full: make room, then try again.',
  SQLITE_IOERR: 'Its disk is full or at fault: make room, or check it, then try again.',
  SQLITE_READONLY: 'Give the service the right to write there.',
  SQLITE_CANTOPEN: 'Its folder is not there, or may not be read or written.',
};

/** The code that the driver gave the error, also where Prisma's adapter wrapped it; empty where it has none. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { originalCode?: unknown } };
  const found = cause?.originalCode ?? code;
  return typeof found === 'string' ? found : '';
}
