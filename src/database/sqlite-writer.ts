import type { Mutex } from 'async-mutex';
import type { Database, StatementWriter } from './database.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/**
 * Writes on a connection of its own, in turn with Prisma's: both on this thread, so that one waiting in SQLite for the
 * other's lock would wait for itself. Prisma's adapter prepares each statement anew and leaves it, with its parameters,
 * to the garbage collector, which does not see their size: a bulk insert held 200 MB that way.
 */
export function createSqliteWriter(
  connection: SqliteConnection,
  turns: Mutex,
): Pick<Database, keyof StatementWriter | 'transaction'> {
  const direct: StatementWriter = {
    provider: 'sqlite',
    write: async (statement) => connection.run(statement),
    writeReturning: async (statement) => connection.all(statement),
  };
  return {
    provider: 'sqlite',
    write: (statement) => turns.runExclusive(() => direct.write(statement)),
    writeReturning: (statement) => turns.runExclusive(() => direct.writeReturning(statement)),
    transaction: (act) =>
      turns.runExclusive(async () => {
        connection.exec('BEGIN IMMEDIATE');
        try {
          const result = await act(direct);
          connection.exec('COMMIT');
          return result;
        } catch (error) {
          connection.exec('ROLLBACK');
          throw error;
        }
      }),
  };
}
