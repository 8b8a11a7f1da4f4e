import type { Database } from '../database.ts';
import { sql } from '../sql.ts';

/**
 * Returns the settings of the PostgreSQL server that are known to lose what was committed, such as `fsync = off`; none
 * on SQLite.
 */
export async function findUnsafeSettings(database: Pick<Database, 'provider' | 'read'>): Promise<string[]> {
  if (database.provider !== 'postgresql') return [];
  const rows = await database.read(sql`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
    ORDER BY name`);
  return rows.map(({ name, setting }) => `${String(name)} = ${String(setting)}`);
}
