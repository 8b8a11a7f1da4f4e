import type { Logger } from 'pino';
import type { Database } from '../../base/database/database.ts';
import { extendSearchIndex } from './sql/search.ts';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';

// SQLite takes about ten milliseconds of this thread for so many.
const itemsPerStep = 400;

/** Adds new items to the search index. Until they are in it, searches read them one by one and miss nothing. */
export function createSearchIndexer(options: { database: Database; log: Pick<Logger, 'error'> }): BackgroundLoop {
  const { database, log } = options;
  return createBackgroundLoop({
    name: 'indexing for search',
    log,
    step: async () => ((await extendSearchIndex(database, itemsPerStep)) ? itemsPerStep : 0),
  });
}
