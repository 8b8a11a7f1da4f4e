import type { Database } from '../../base/database/database.ts';
import {
  createModelOf,
  lockPendingImport,
  isModelOf,
  joinTags,
  notePictureMoves,
  overrideModel,
  rememberHash,
  settlePendingImport,
} from './sql/promote-pending.ts';
import type { ConflictStrategy, Settlement } from '../hashing/pending-records.ts';

export interface HashedFacts {
  sha256: string;
  sizeBytes: number;
}

/**
 * Stage 2 of the migration, for one file that was hashed: its pending import becomes a model record with its tags, and the
 * moves of its pictures are noted, all in one transaction. Of many callers at once, one finds the pending import and the
 * others find none any more.
 */
export async function promotePending(
  database: Database,
  paths: readonly string[],
  { sha256, sizeBytes }: HashedFacts,
  strategy: ConflictStrategy,
): Promise<Settlement> {
  return database.transaction(async (transaction): Promise<Settlement> => {
    const pending = await lockPendingImport(transaction, paths);
    if (pending === null) return { outcome: 'NONE' };
    const pendingId = Number(pending.id);
    const isNew = await createModelOf(transaction, pendingId, sha256, sizeBytes);
    if (!isNew && strategy === 'REPORT' && !(await isModelOf(transaction, pendingId, sha256))) {
      return { outcome: 'CONFLICT', pendingId };
    }
    if (!isNew && strategy === 'IGNORE') {
      await rememberHash(transaction, pendingId, sha256);
      return { outcome: 'IGNORED', pendingId };
    }
    const isDropped = !isNew && strategy === 'DELETE';
    if (!isNew && strategy === 'OVERRIDE') await overrideModel(transaction, pendingId, sha256, sizeBytes);
    if (!isDropped) await joinTags(transaction, pendingId, sha256);
    const owner = isDropped ? null : sha256;
    await notePictureMoves(transaction, pendingId, owner);
    await settlePendingImport(transaction, pendingId, owner, new Date());
    return { outcome: isDropped ? 'DELETED' : 'MIGRATED', pendingId };
  });
}
