import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { DomainError } from '../errors/domain-error.ts';

/** Names the locks by which nodes show what data folder they have, among all advisory locks of two numbers. */
export const dataFolderLocks = 0x6d_73_64_66;

/** The nodes that are connected to the database now. */
export interface ConnectedNodes {
  /** How many have this data folder. */
  here: number;
  /** How many have another one. */
  elsewhere: number;
  /** Where those are, as far as PostgreSQL tells. */
  addresses: string[];
}

/** Another node has another data folder, so that each would lack what the other has made. */
export class OtherDataFolderError extends DomainError {
  readonly code = 'OTHER_DATA_DIR';
  readonly httpStatus = 500;

  constructor(dataDir: string, nodes: ConnectedNodes) {
    super(describeOtherDataFolder(dataDir, nodes));
  }
}

export function describeOtherDataFolder(dataDir: string, { elsewhere, addresses }: ConnectedNodes): string {
  const who = elsewhere === 1 ? 'Another node works' : `${elsewhere} other nodes work`;
  const where = addresses.length === 0 ? '' : ` (${addresses.join(', ')})`;
  return (
    `${who}${where} on this database with another DATA_DIR than ${dataDir} here: the pictures, image proxies and unfinished uploads of ` +
    'one would be missing at the other. Mount one folder on all of them and set DATA_DIR to it, or stop the others.'
  );
}

/** Finds the nodes by the locks that they hold; `token` is that of the own data folder, null where it has none. */
export async function findNodes(database: Pick<Database, 'read'>, token: string | null): Promise<ConnectedNodes> {
  const rows = await database.read(sql`
    SELECT CAST(locks.objid AS BIGINT) = CAST(hashtext(${token ?? ''}) AS BIGINT) & 4294967295 AS is_here, host(client_addr) AS address
    FROM pg_locks AS locks LEFT JOIN pg_stat_activity AS sessions ON sessions.pid = locks.pid
    WHERE locks.locktype = 'advisory' AND CAST(locks.classid AS BIGINT) = ${dataFolderLocks} AND locks.objsubid = 2 AND locks.granted
      AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  const elsewhere = rows.filter(({ is_here: isHere }) => isHere !== true);
  const addresses = elsewhere.flatMap(({ address }) => (typeof address === 'string' ? address : []));
  return {
    here: rows.length - elsewhere.length,
    elsewhere: elsewhere.length,
    addresses: [...new Set(addresses)].sort(),
  };
}
