import { sql } from '../sql.ts';
import type { MigrationTarget } from '../migrate.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Lets migrations run on a connection that nobody else uses meanwhile. */
export function sqliteMigrationTarget(connection: SqliteConnection): MigrationTarget {
  const target: MigrationTarget = {
    createRecords: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
      "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
      "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
    )`,
    async readRecords() {
      const tables = connection.all(sql`SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'`);
      if (tables.length === 0) return null;
      const rows = connection.all(
        sql`SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
      );
      return rows.map((row) => ({ name: String(row.migration_name), isFinished: row.finished_at !== null }));
    },
    async runWhole(act) {
      // A table is changed by making it anew, and dropping the old one would take along what refers to its rows. SQLite
      // ignores the switch within a transaction.
      connection.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
      try {
        connection.exec(target.createRecords);
        await act(async (script) => connection.exec(script), (await target.readRecords()) ?? []);
        const lost = connection.all(sql`PRAGMA foreign_key_check`);
        if (lost.length > 0)
          throw new Error(`A migration left references to rows that are gone: ${JSON.stringify(lost)}`);
        connection.exec('COMMIT');
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      } finally {
        connection.exec('PRAGMA foreign_keys = ON');
      }
    },
  };
  return target;
}
