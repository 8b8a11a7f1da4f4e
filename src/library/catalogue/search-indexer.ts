import type { Logger } from 'pino';
import type { Database } from '../../base/database/database.ts';
import { extendSearchIndex } from './sql/search.ts';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';

// About ten milliseconds of SQLite's time on this thread.
const itemsPerStep = 400;

/** Takes new items into the search index. Until it has, searches look at them one by one: they miss nothing. */
export function createSearchIndexer(options: { database: Database; log: Pick<Logger, 'error'> }): BackgroundLoop {
  const { database, log } = options;
  return createBackgroundLoop({
    name: 'indexing for search',
    log,
    step: async () => ((await extendSearchIndex(database, itemsPerStep)) ? itemsPerStep : 0),
  });
}
