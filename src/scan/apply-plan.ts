import { setImmediate } from 'node:timers/promises';
import { mostTold, type MediaEvents } from '../catalogue/media-events.ts';
import type { CategoryConfig } from '../config/media-config.ts';
import type { Database } from '../database/database.ts';
import { markMissing } from '../database/statements/mark-missing.ts';
import { readStored } from '../database/statements/read-stored.ts';
import { storeItems } from '../database/statements/store-items.ts';
import { createFileDescriber, type ScannedFile } from '../metadata/describe-file.ts';
import type { DeletionsLog } from './deletions-log.ts';

/** Carries out the plan for one category. */
export interface PlanApplier {
  /** Takes files to be stored; they are written together with others soon, by `flush` at the latest. */
  store(files: readonly ScannedFile[]): Promise<void>;
  flush(): Promise<void>;
  /** Marks items missing and logs them; gives the paths of those that it marked. */
  markMissing(ids: readonly number[]): Promise<string[]>;
}

export interface ApplyOptions {
  database: Database;
  category: CategoryConfig;
  events?: Pick<MediaEvents, 'publish' | 'isHeard'> | undefined;
  deletionsLog: DeletionsLog;
  now: Date;
  /** When a scan last saw all that is available. */
  lastCompleteAt: Date | null;
}

// SQLite writes on this thread: a statement takes about ten milliseconds, and requests are answered between two.
const statementSize = 400;
// A new row touches pages of a dozen indexes anywhere in the file; rows that are committed together touch many of them
// once, which keeps the cost of a row the same while the catalogue grows. Other writers wait for the commit: it comes
// within a quarter of a second, and on a slow disk what was found is kept every second.
const transactionSize = 10_000;
const longestWaitMs = 1000;

export function createPlanApplier({
  database,
  category,
  events,
  deletionsLog,
  now,
  lastCompleteAt,
}: ApplyOptions): PlanApplier {
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
      if (events?.isHeard()) await tell(events, stored);
    }
    flushedAt = performance.now();
  }

  async function tell({ publish }: Pick<MediaEvents, 'publish'>, stored: readonly ScannedFile[]): Promise<void> {
    // One more than is told, so that whoever listens hears that there was more.
    const told = await readStored(database, category.key, stored.slice(0, mostTold + 1), now);
    publish({ category: category.key, ...told });
  }

  return {
    flush,
    async store(files) {
      for (const file of files) waiting.push(file);
      if (waiting.length >= transactionSize || performance.now() - flushedAt > longestWaitMs) await flush();
    },
    async markMissing(ids) {
      const marked: string[] = [];
      for (const batch of inBatches(ids, statementSize)) {
        const items = await markMissing(database, batch, now, lastCompleteAt);
        const paths = items.map(({ relativePath }) => relativePath);
        events?.publish({ category: category.key, updated: items.map(({ id }) => id) });
        await deletionsLog.appendMissing(category.key, paths, now);
        for (const path of paths) marked.push(path);
        await setImmediate();
      }
      return marked;
    },
  };
}

function* inBatches<T>(values: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}
