import type { BatchPace } from '../../base/async/batch-pace.ts';
import { inBatches } from '../../base/async/in-batches.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { moveManyToShelf } from '../catalogue/sql/move-to-shelf.ts';
import { expectFullScan } from '../catalogue/sql/scanned-folders.ts';
import { readShelves } from '../catalogue/sql/shelves.ts';
import { hasFile } from '../removal/has-file.ts';
import { expectOnline } from '../roots/expect-online.ts';
import type { Roots } from '../roots/roots.ts';
import type { BatchOutcome, FailedItem } from './bulk-job.ts';
import { lockItems } from './sql/lock-items.ts';

interface RestoreOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  roots: Pick<Roots, 'recognise'>;
  pace: Pick<BatchPace, 'timed'>;
}

/** Files are looked for on other threads, of which there are a few. */
const filesAtOnce = 16;

/**
 * Restores some items: as missing, where their files are not there. One that is not hidden stays as it is, and with
 * `hiddenAt` also one that was hidden at another moment. One whose disk is away fails.
 */
export async function restoreMany(
  { database, mediaConfig, roots, pace }: RestoreOptions,
  ids: readonly number[],
  hiddenAt: Date | null,
): Promise<BatchOutcome> {
  const select = { id: true, rootCategory: true, relativePath: true } as const;
  const hidden = await database.prisma.mediaItem.findMany({
    where: { id: { in: [...ids] }, shelf: { status: 'DELETED' }, ...(hiddenAt && { deletedAt: hiddenAt }) },
    select,
  });
  const offline = await findOffline(hidden.map(({ rootCategory }) => rootCategory));
  const failed = hidden.flatMap(({ id, rootCategory }): FailedItem[] => {
    const error = offline.get(rootCategory);
    return error ? [{ id, code: error.code, message: error.message }] : [];
  });
  const there = new Map<number, boolean>();
  for (const batch of inBatches(
    hidden.filter(({ rootCategory }) => !offline.has(rootCategory)),
    filesAtOnce,
  )) {
    await Promise.all(
      batch.map(async ({ id, rootCategory, relativePath }) => {
        const rootPath = mediaConfig.findCategory(rootCategory)?.rootPath ?? null;
        there.set(id, await hasFile({ rootPath, relativePath }));
      }),
    );
  }

  const shelves = await readShelves(database);
  // Looking for files holds nobody.
  const store = () =>
    database.transaction(async (transaction): Promise<BatchOutcome> => {
      const items = await lockItems(transaction, ids, shelves);
      const changed = items.filter(
        ({ id, shelf, deletedAt }) =>
          there.has(id) &&
          shelf.status === 'DELETED' &&
          (hiddenAt === null || deletedAt?.getTime() === hiddenAt.getTime()),
      );
      const moment = { now: new Date() };
      for (const status of ['AVAILABLE', 'MISSING'] as const) {
        const found = changed.filter(({ id }) => there.get(id) === (status === 'AVAILABLE')).map(({ id }) => id);
        await moveManyToShelf(transaction, found, status, moment);
      }
      // Scans have ignored the files while their items were hidden.
      if (changed.length > 0) {
        await expectFullScan(
          transaction,
          changed.map(({ rootCategory }) => rootCategory),
        );
      }
      return { changed, unchanged: items.length - changed.length - failed.length, failed };
    });
  return pace.timed(ids.length, store);

  /** The categories whose disks are away: a file that is not found then may still be on one. */
  async function findOffline(categories: readonly string[]): Promise<Map<string, StorageError>> {
    const found = new Map<string, StorageError>();
    for (const key of new Set(categories)) {
      const category = mediaConfig.findCategory(key);
      if (category === undefined) continue;
      await expectOnline(roots, category).catch((error: unknown) => {
        if (!(error instanceof StorageError)) throw error;
        found.set(key, error);
      });
    }
    return found;
  }
}
