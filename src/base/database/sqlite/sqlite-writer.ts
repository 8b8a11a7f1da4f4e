import type { Mutex } from 'async-mutex';
import type { Database, StatementWriter } from '../database.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { toSqliteFailure, whenUnlocked } from './sqlite-failures.ts';

/**
 * Writes on a connection of its own, in turn with Prisma's: both run on this thread, so one that waits in SQLite for
 * the other's lock would wait for itself. Prisma's adapter prepares each statement anew and leaves it, with its
 * parameters, to the garbage collector, which does not see their size: a bulk insert held 200 MB that way. `onWrite` is
 * called with each commit.
 */
export function createSqliteWriter(
  connection: SqliteConnection,
  turns: Mutex,
  onWrite: () => void,
): Pick<Database, keyof StatementWriter | 'transaction'> {
  const direct: StatementWriter = {
    provider: 'sqlite',
    write: async (statement) => translatingFailures(() => connection.run(statement)),
    writeReturning: async (statement) => translatingFailures(() => connection.all(statement)),
  };
  const alone = <T>(act: () => T): Promise<T> =>
    turns.runExclusive(async () => {
      const result = await whenUnlocked(act);
      onWrite();
      return result;
    });
  return {
    provider: 'sqlite',
    write: (statement) => alone(() => connection.run(statement)),
    writeReturning: (statement) => alone(() => connection.all(statement)),
    transaction: (act) =>
      turns.runExclusive(async () => {
        await whenUnlocked(() => connection.exec('BEGIN IMMEDIATE'));
        try {
          const result = await act(direct);
          translatingFailures(() => connection.exec('COMMIT'));
          onWrite();
          return result;
        } catch (error) {
          // Where the disk is full, SQLite has rolled back by itself.
          if (connection.isInTransaction()) connection.exec('ROLLBACK');
          throw error;
        }
      }),
  };
}

function translatingFailures<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toSqliteFailure(error);
  }
}
