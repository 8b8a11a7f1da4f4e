import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { ensureShelves, readShelves } from '../catalogue/sql/shelves.ts';
import type { BatchOutcome, FailedItem } from './bulk-job.ts';
import type { CheckedChanges } from './check-changes.ts';
import { lockItems, type LockedItem } from './sql/lock-items.ts';
import { storeChanges } from './sql/store-changes.ts';
import { tagMany } from './sql/tag-many.ts';

interface UpdateOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
}

/** Changes some items, all that can be changed in one transaction; the others stay as they are. */
export async function updateMany(
  { database, mediaConfig }: UpdateOptions,
  ids: readonly number[],
  { tags, category, ...values }: CheckedChanges,
): Promise<BatchOutcome> {
  const configured = category ? mediaConfig.findCategory(category) : undefined;
  if (configured) await ensureShelves(database, configured.key, configured.mediaType);
  // Where nothing is asked of the items first, the statement that writes them finds those that are there.
  const isPlain = tags === null && category === undefined;
  const shelves = isPlain ? [] : await readShelves(database);
  return database.transaction(async (transaction) => {
    const now = new Date();
    if (isPlain) return { changed: await storeChanges(transaction, ids, values, now), unchanged: 0, failed: [] };
    const items = await lockItems(transaction, ids, shelves);
    const failed: FailedItem[] = [];
    const fail = ({ id }: LockedItem, { code, message }: InvalidInputError) => failed.push({ id, code, message });
    let able = items;
    if (category !== undefined) {
      able = items.filter((item) => isFit(item, category));
      for (const item of items) if (!isFit(item, category)) fail(item, notFit(item, category));
    }
    let tagTexts: ReadonlyMap<number, string | null> | undefined;
    if (tags !== null) {
      const { texts, refused } = await tagMany(transaction, numbersOf(able), tags);
      for (const item of able) {
        const error = refused.get(item.id);
        if (error) fail(item, error);
      }
      able = able.filter(({ id }) => texts.has(id));
      tagTexts = texts;
    }
    const changed = await storeChanges(transaction, numbersOf(able), { ...values, category, tagTexts }, now);
    return { changed, unchanged: 0, failed };
  });

  /** Whether the item can stand on a shelf of that category; null is the category of its root. */
  function isFit({ rootCategory, shelf: { mediaType, status } }: LockedItem, key: string | null): boolean {
    const wanted = key ?? rootCategory;
    return (
      mediaConfig.findCategory(wanted)?.mediaType === mediaType &&
      shelves.some((one) => one.category === wanted && one.mediaType === mediaType && one.status === status)
    );
  }

  function notFit({ rootCategory, shelf }: LockedItem, key: string | null): InvalidInputError {
    const wanted = mediaConfig.findCategory(key ?? rootCategory);
    return new InvalidInputError(
      'changes.category',
      wanted === undefined
        ? `"${key ?? rootCategory}" is no category of the configuration.`
        : `The item is of the type ${shelf.mediaType}, the category "${wanted.key}" holds ${wanted.mediaType}.`,
    );
  }
}

function numbersOf(items: readonly LockedItem[]): number[] {
  return items.map(({ id }) => id);
}
