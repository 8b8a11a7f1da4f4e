import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { dialectOf } from '../database/sql.ts';
import {
  dataFolderLocks,
  describeOtherDataFolder,
  findNodes,
  OtherDataFolderError,
  type ConnectedNodes,
} from './data-folder-nodes.ts';
import { markDataFolder } from './data-folder-token.ts';
import type { Peers } from './open-peers.ts';

/** A node among those that work on one database. */
export interface Membership {
  /** The nodes that are connected now, this one included; null on SQLite, where it is alone. */
  nodes(): Promise<ConnectedNodes | null>;
}

interface JoinOptions {
  database: Database;
  peers: Pick<Peers, 'session'>;
  dataDir: string;
  log: Pick<Logger, 'error'>;
}

/**
 * Shows other nodes what data folder this one has, for as long as it lives: by a lock of its session, so that neither a clock nor a name of
 * a machine matters. Throws OtherDataFolderError where a living node has another one.
 */
export async function joinNodes({ database, peers: { session }, dataDir, log }: JoinOptions): Promise<Membership> {
  if (session === null) return { nodes: async () => null };
  const token = await markDataFolder(dataDir);
  const show = () => session.query('SELECT pg_advisory_lock_shared($1, hashtext($2))', [dataFolderLocks, token]);

  // Of two that start at once, one comes first.
  await database.transaction(async (transaction) => {
    await dialectOf(database).lock(transaction, 'mediashelf join');
    const nodes = await findNodes(database, token);
    if (nodes.elsewhere > 0) throw new OtherDataFolderError(dataDir, nodes);
    await show();
  });

  async function showAgain(): Promise<void> {
    await show();
    const nodes = await findNodes(database, token);
    if (nodes.elsewhere > 0) log.error(nodes, describeOtherDataFolder(dataDir, nodes));
  }

  session.onReturn(() => {
    showAgain().catch((error: unknown) => log.error({ err: error }, 'other nodes cannot be told of this one'));
  });
  return { nodes: () => findNodes(database, token) };
}
