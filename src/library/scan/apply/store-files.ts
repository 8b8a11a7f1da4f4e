import { setImmediate } from 'node:timers/promises';
import { maxListedIds, type MediaEvents } from '../../catalogue/media-events.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import { readStored } from '../sql/read-stored.ts';
import { storeItems } from '../../catalogue/sql/store-items.ts';
import { createFileDescriber, type ScannedFile } from '../../metadata/describe-file.ts';
import { inBatches } from '../../../base/async/in-batches.ts';

/** Stores the files of one category as available items. */
export interface FileStore {
  /** Takes files to be stored; they are written together with others soon, by `flush` at the latest. */
  store(files: readonly ScannedFile[]): Promise<void>;
  flush(): Promise<void>;
}

// SQLite writes on this thread: a statement takes about ten milliseconds, and requests are answered between two.
const statementSize = 400;
// A new row touches pages of a dozen indexes anywhere in the file; rows that are committed together touch many of them
// once, which keeps the cost of a row the same while the catalogue grows. Other writers wait for the commit: it comes
// within a quarter of a second, and on a slow disk what was found is kept every second.
const transactionSize = 10_000;
const maxWaitMs = 1000;

interface FileStoreOptions {
  database: Database;
  events: Pick<MediaEvents, 'publish' | 'isHeard'> | undefined;
  category: CategoryConfig;
  now: Date;
}

export function createFileStore({ database, events, category, now }: FileStoreOptions): FileStore {
  const describe = createFileDescriber(category);
  let waiting: ScannedFile[] = [];
  let flushedAt = performance.now();

  async function flush(): Promise<void> {
    const files = waiting;
    waiting = [];
    for (const stored of inBatches(files, transactionSize)) {
      await database.transaction(async (transaction) => {
        for (const batch of inBatches(stored, statementSize)) {
          await storeItems(transaction, category, batch.map(describe), now);
          await setImmediate();
        }
      });
      if (events?.isHeard()) await publishStored(events, stored);
    }
    flushedAt = performance.now();
  }

  async function publishStored(
    { publish }: Pick<MediaEvents, 'publish'>,
    stored: readonly ScannedFile[],
  ): Promise<void> {
    // One more than the event lists is read, so that listeners learn that there was more.
    const ids = await readStored(database, category.key, stored.slice(0, maxListedIds + 1), now);
    publish({ category: category.key, ...ids });
  }

  return {
    flush,
    async store(files) {
      for (const file of files) waiting.push(file);
      if (waiting.length >= transactionSize || performance.now() - flushedAt > maxWaitMs) await flush();
    },
  };
}
