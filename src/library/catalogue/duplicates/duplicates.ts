import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../../base/async/background-loop.ts';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import type { Database } from '../../../base/database/database.ts';
import { decodeCursor, encodeCursor, toKeysetPage, type KeysetPage, type PageRequest } from '../../../base/paging.ts';
import { checkCategories } from '../select-media.ts';
import {
  countCopies,
  listDuplicates,
  readCopies,
  readDuplicateChanges,
  sumDuplicates,
  type DuplicateGroup,
  type DuplicateKey,
  type DuplicatePosition,
} from '../sql/duplicate-groups.ts';
import type { MediaRecord } from '../sql/media-rows.ts';
import { readShelves } from '../sql/shelves.ts';

interface DuplicatePage extends KeysetPage<DuplicateGroup> {
  /** Sums on demand: most pages are never summed up. */
  totals(): Promise<{ groups: number; wastedBytes: number }>;
}

/** Keeps groups of available items with the same bytes, behind whatever changes items. */
export interface Duplicates extends BackgroundLoop {
  /**
   * Lists groups with a copy in any of the categories, or all groups; those that waste most come first. Throws
   * InvalidInputError for a cursor of another list, UnknownCategoryError for a category that is neither configured nor
   * holds any item.
   */
  list(categories: readonly string[] | null, page: PageRequest): Promise<DuplicatePage>;
  /** Returns the earliest copies of groups, up to `limit` of each, in the order of the groups. */
  copiesOf(groups: readonly DuplicateKey[], limit: number): Promise<MediaRecord[][]>;
}

interface DuplicatesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  log: Pick<Logger, 'error'>;
}

const changesPerStep = 500;

export function createDuplicates({ database, mediaConfig, log }: DuplicatesOptions): Duplicates {
  const loop = createBackgroundLoop({
    name: 'counting copies',
    log,
    async step() {
      const changes = await readDuplicateChanges(database, changesPerStep);
      if (changes.length > 0) await database.transaction((transaction) => countCopies(transaction, changes));
      return changes.length;
    },
  });
  return {
    ...loop,
    async list(asked, page) {
      const configured = mediaConfig.current().categories.map(({ key }) => key);
      checkCategories(asked ?? [], configured, await readShelves(database));
      // What another process changed is counted for whoever asks next.
      loop.wake();
      const categories = asked === null ? null : [...new Set(asked)];
      const { backward, count, cursor } = page;
      const after = cursor === null ? null : toPosition(backward ? 'before' : 'after', cursor);
      const groups = await listDuplicates(database, { categories, after, descending: !backward, limit: count + 1 });
      return { ...toKeysetPage(page, groups, cursorOf), totals: () => sumDuplicates(database, categories) };
    },
    copiesOf: async (groups, limit) => readCopies(database, await readShelves(database), groups, limit),
  };
}

function cursorOf({ wastedBytes, sizeBytes, sha256 }: DuplicateGroup): string {
  return encodeCursor(`${wastedBytes} ${sizeBytes} ${sha256}`);
}

function toPosition(argument: string, cursor: string): DuplicatePosition {
  const [wasted, size, sha256 = ''] = decodeCursor(argument, cursor, /^(\d{1,15}) (\d{1,15}) ([0-9a-f]{64})$/);
  return { wastedBytes: Number(wasted), sizeBytes: Number(size), sha256 };
}
