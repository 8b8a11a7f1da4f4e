import { describeOtherDataFolder, findNodes } from '../base/bus/data-folder-nodes.ts';
import { readDataFolderToken } from '../base/bus/data-folder-token.ts';
import { count } from '../base/count.ts';
import type { Settings } from '../base/config/settings.ts';
import type { Database } from '../base/database/database.ts';
import { openDatabase } from '../base/database/open-database.ts';
import { sql } from '../base/database/sql.ts';
import type { Finding } from './finding.ts';

/** Clocks of nodes that are further apart make times of jobs and schedules hard to read. */
const clockToleranceMs = 5_000;

/** Looks at what several nodes have to have in common: on PostgreSQL, as there is one on SQLite. */
export async function examineNodes({ databaseUrl, databaseConnections, dataDir }: Settings): Promise<Finding[]> {
  // That it does not open is a finding of its own.
  const database = await openDatabase(databaseUrl, databaseConnections).catch(() => null);
  if (database === null) return [];
  try {
    if (database.provider === 'sqlite') return [];
    return [
      await examineDataFolders(database, dataDir),
      await examineClock(database),
      await examineConnections(database, databaseConnections.poolSize),
    ];
  } finally {
    await database.close();
  }
}

async function examineDataFolders(database: Database, dataDir: string): Promise<Finding> {
  const token = await readDataFolderToken(dataDir).catch(() => null); // That it cannot be read is a finding of its own.
  const nodes = await findNodes(database, token);
  if (nodes.elsewhere > 0) return { state: 'fault', text: describeOtherDataFolder(dataDir, nodes) };
  if (nodes.here === 0) return { state: 'ok', text: 'no node is at work on the database now' };
  return { state: 'ok', text: `${count(nodes.here, 'node')} at work on the database, with this DATA_DIR` };
}

async function examineClock(database: Database): Promise<Finding> {
  const askedAt = Date.now();
  const [row] = await database.read(sql`SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now`);
  // The answer was on its way for half of the time, more or less.
  const aheadMs = (askedAt + Date.now()) / 2 - Number(row?.now);
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) < clockToleranceMs) return { state: 'ok', text: 'the clock agrees with that of PostgreSQL' };
  return {
    state: 'warning',
    text: `the clock is ${seconds} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} that of PostgreSQL: set both by the same time servers`,
  };
}

async function examineConnections(database: Database, poolSize: number): Promise<Finding> {
  const [row] = await database.read(sql`
    SELECT CAST(current_setting('max_connections') AS INTEGER) AS limit, (SELECT CAST(count(*) AS INTEGER) FROM pg_stat_activity) AS used`);
  const { limit, used } = row as { limit: number; used: number };
  // Two are for the node itself.
  const most = poolSize + 2;
  const text = `PostgreSQL takes ${limit} connections, of which ${used} are taken; a node takes up to ${most}`;
  if (used + most <= limit) return { state: 'ok', text };
  return { state: 'warning', text: `${text}: raise max_connections, or lower DATABASE_POOL_SIZE` };
}
