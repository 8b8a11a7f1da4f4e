import type { ClientBase } from 'pg';
import type { MigrationTarget } from '../migrate.ts';

/**
 * Lets migrations run on a client that nobody else uses meanwhile. PostgreSQL reads a script whole, functions included.
 */
export function postgresqlMigrationTarget(client: ClientBase): MigrationTarget {
  const target: MigrationTarget = {
    createRecords: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0
    )`,
    async readRecords() {
      const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') IS NULL AS is_missing");
      if ((tables[0] as { is_missing: boolean }).is_missing) return null;
      const { rows } = await client.query<{ migration_name: string; finished_at: Date | null }>(
        'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
      );
      return rows.map((row) => ({ name: row.migration_name, isFinished: row.finished_at !== null }));
    },
    async runWhole(act) {
      await client.query('BEGIN');
      try {
        await client.query("SELECT pg_advisory_xact_lock(hashtextextended('mediashelf migrations', 0))");
        await client.query(target.createRecords);
        await act(
          async (script) => {
            await client.query(script);
          },
          (await target.readRecords()) ?? [],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
  };
  return target;
}
