import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { BatchPace } from '../../base/async/batch-pace.ts';
import type { Database } from '../../base/database/database.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { Removal } from '../removal/removal.ts';
import type { Roots } from '../roots/roots.ts';
import type { BatchOutcome, BulkAction, FailedItem } from './bulk-job.ts';
import { checkChanges } from './check-changes.ts';
import { hideMany } from './hide-many.ts';
import { restoreMany } from './restore-many.ts';
import { updateMany } from './update-many.ts';

export interface BulkActionOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  roots: Pick<Roots, 'recognise'>;
  removal: Pick<Removal, 'deleteMany'>;
}

/**
 * Returns the function that does with some items what the job is to do, and tells of each what became of it. `pace` is told
 * how long items hold the database.
 */
export function createBulkAction(
  options: BulkActionOptions,
  action: BulkAction,
  pace: Pick<BatchPace, 'timed'>,
): (ids: number[]) => Promise<BatchOutcome> {
  const act = toAct(options, action, pace);
  return async (ids) => {
    try {
      const outcome = await act(ids);
      const told = new Set([...outcome.changed, ...outcome.failed].map(({ id }) => id));
      return told.size + outcome.unchanged === ids.length ? outcome : await withMissing(options, ids, outcome);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, message } = error;
      return { changed: [], unchanged: 0, failed: ids.map((id) => ({ id, code, message })) };
    }
  };
}

function toAct(
  options: BulkActionOptions,
  action: BulkAction,
  pace: Pick<BatchPace, 'timed'>,
): (ids: number[]) => Promise<BatchOutcome> {
  const { database, mediaConfig } = options;
  if (action.type === 'UPDATE') {
    const changes = checkChanges(mediaConfig, action.changes);
    return (ids) => pace.timed(ids.length, () => updateMany(options, ids, changes));
  }
  if (action.type === 'DELETE') {
    return action.removeFiles
      ? (ids) => deleteMany(options, ids, true)
      : (ids) => pace.timed(ids.length, () => deleteMany(options, ids, false));
  }
  const hiddenAt = action.hiddenAt === null ? null : new Date(action.hiddenAt);
  if (action.type === 'RESTORE') return (ids) => restoreMany({ ...options, pace }, ids, hiddenAt);
  return (ids) => pace.timed(ids.length, () => hideMany(database, ids, new Date(action.hiddenAt)));
}

/** What is gone already is as wanted. */
async function deleteMany(
  { removal }: BulkActionOptions,
  ids: readonly number[],
  removeFile: boolean,
): Promise<BatchOutcome> {
  const { removed, failed } = await removal.deleteMany(ids, { removeFile });
  return { changed: removed, unchanged: ids.length - removed.length - failed.length, failed };
}

/** Adds the items that are not there, or not any more. */
async function withMissing(
  { database }: BulkActionOptions,
  ids: readonly number[],
  outcome: BatchOutcome,
): Promise<BatchOutcome> {
  const rows = await database.prisma.mediaItem.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  const present = new Set(rows.map(({ id }) => id));
  const missing = ids
    .filter((id) => !present.has(id))
    .map((id): FailedItem => {
      const { code, message } = new MediaNotFoundError(encodePublicId('MediaItem', id));
      return { id, code, message };
    });
  return { ...outcome, failed: [...outcome.failed, ...missing] };
}
