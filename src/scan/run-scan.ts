import type { MediaConfigStore } from '../config/media-config-store.ts';
import type { Database } from '../database/database.ts';
import { readShelves } from '../database/statements/shelves.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { createDeletionsLog } from './deletions-log.ts';
import { recordRoots } from './record-roots.ts';
import { scanCategory, type ScanCategoryOptions } from './scan-category.ts';
import type { ScanSummary } from './scan-summary.ts';
import type { WalkPool } from './walk-category.ts';

/** What a scan job was started with. */
export interface ScanInput {
  categories: string[];
  dryRun: boolean;
  limit: number | null;
}

export interface ScanHandlerOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  pool: WalkPool;
  logDir: string;
  /** That items changed is told to whoever listens. */
  events?: ScanCategoryOptions['events'];
  /** Called when a scan may have added or changed items: their headers wait to be read, their text to be indexed. */
  onCatalogued?: () => void;
}

/** Runs scan jobs: the chosen categories one after the other. Run again after a kill, it finds done what was done. */
export function createScanHandler(options: ScanHandlerOptions): JobHandler<ScanInput, ScanSummary> {
  const { database, mediaConfig, pool, logDir, events, onCatalogued } = options;
  const deletionsLog = createDeletionsLog(logDir);
  return {
    kind: 'SCAN',
    locks: ({ categories }) => categories.map((key) => `scan:${key}`),
    // What failed is a path below the category's key: its category is scanned again.
    retryInput: (input, failedItems) => ({
      ...input,
      categories: input.categories.filter((key) => failedItems.some((item) => `${item}/`.startsWith(`${key}/`))),
    }),
    async run(context) {
      const { dryRun, limit } = context.input;
      const config = mediaConfig.current();
      const summary: ScanSummary = {
        scannedAt: new Date().toISOString(),
        dryRun,
        configVersion: config.version,
        selectedCategories: context.input.categories,
        categories: [],
        loggedMissing: 0,
      };
      const estimate = await startProgress(database, context);
      if (!dryRun) await recordRoots(database, config);
      for (const key of context.input.categories) {
        const category = mediaConfig.findCategory(key);
        if (category === undefined) {
          const message = 'The category left the configuration before its scan began.';
          context.reportItemError({ item: key, code: 'UNKNOWN_CATEGORY', message });
          continue;
        }
        const scanned = await scanCategory({
          database,
          pool,
          deletionsLog,
          events,
          category,
          dryRun,
          limit,
          signal: context.signal,
          onFiles: (done, lastPath) => estimate.advance(done, lastPath === undefined ? key : `${key}/${lastPath}`),
          onError: ({ path, code, message }) => context.reportItemError({ item: `${key}/${path}`, code, message }),
        });
        summary.categories.push(scanned);
        if (!dryRun) summary.loggedMissing += scanned.missing;
        if (!dryRun && scanned.added + scanned.updated > 0) onCatalogued?.();
      }
      estimate.finish();
      return summary;
    },
  };
}

/**
 * How many files there are is known when the walk is over. Until then the catalogue's own count stands for it, raised
 * when there prove to be more; a first scan has none.
 */
async function startProgress(database: Database, { input, progress }: JobContext<ScanInput>) {
  const shelves = await readShelves(database);
  let total = shelves
    .filter((shelf) => input.categories.includes(shelf.category) && shelf.status === 'AVAILABLE')
    .reduce((sum, shelf) => sum + Math.min(shelf.itemCount, input.limit ?? Infinity), 0);
  let done = 0;
  if (total > 0) progress.start({ total });
  return {
    advance(files: number, currentItem: string) {
      done += files;
      if (total > 0 && done > total) progress.start({ total: (total = done) });
      progress.advance({ done: files, currentItem });
    },
    finish: () => progress.start({ total: done }),
  };
}
