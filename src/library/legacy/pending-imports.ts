import type { Database } from '../../base/database/database.ts';
import type { PendingRecords } from '../hashing/pending-records.ts';
import type { BackgroundLoop } from '../../base/async/background-loop.ts';
import { promotePending } from './promote-pending.ts';

interface PendingImportsOptions {
  database: Database;
  moves: Pick<BackgroundLoop, 'wake' | 'drain'>;
  /** Called when a model record was made or changed. */
  onStored?: () => void;
}

/** The records that wait for their hashes, as hashing sees them. */
export function createPendingImports({ database, moves, onStored }: PendingImportsOptions): PendingRecords {
  const { prisma } = database;
  return {
    async settle({ path, realPath, sha256, sizeBytes }, strategy) {
      const settlement = await promotePending(database, [path, realPath], { sha256, sizeBytes }, strategy);
      if (settlement.outcome === 'MIGRATED' || settlement.outcome === 'DELETED') moves.wake();
      if (settlement.outcome === 'MIGRATED') onStored?.();
      return settlement;
    },
    settlePictures: () => moves.drain(),
    async among(paths) {
      const rows = await prisma.pendingImport.findMany({ where: { path: { in: [...paths] } }, select: { path: true } });
      return new Set(rows.map((row) => row.path));
    },
    page: (after, limit, ids) =>
      prisma.pendingImport.findMany({
        where: { id: { gt: after, ...(ids !== null && { in: [...ids] }) } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, path: true },
      }),
  };
}
