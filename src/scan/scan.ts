import { UnknownCategoryError } from '../catalogue/media-errors.ts';
import type { CategoryConfig } from '../config/media-config.ts';
import type { MediaConfigStore } from '../config/media-config-store.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { JobLockedError } from '../jobs/job-errors.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createScanHandler, type ScanHandlerOptions, type ScanInput } from './run-scan.ts';
import { ScanAlreadyRunningError } from './scan-errors.ts';
import type { ScanSummary } from './scan-summary.ts';

export interface ScanRequest {
  /** Keys; left out: every category. */
  categories?: readonly string[] | null | undefined;
  /** Plans and reports, and writes nothing. */
  dryRun?: boolean | undefined;
  /** Stops after so many files of each category. */
  limit?: number | null | undefined;
  requestedBy?: string;
}

/** Keeps the catalogue in step with the disk. */
export interface Scanner {
  /**
   * Starts a scan as a job. Throws UnknownCategoryError, InvalidInputError for a limit under 1, and
   * ScanAlreadyRunningError where one of the categories is being scanned.
   */
  start(request: ScanRequest): Promise<JobRecord>;
  /** The scan that runs, if any. */
  activeScan(): Promise<JobRecord | null>;
  /** What the newest finished scan did; dry runs do not count. */
  lastScan(): Promise<ScanSummary | null>;
}

type ScanPage = Awaited<ReturnType<Jobs['list']>>;

export interface ScannerOptions extends ScanHandlerOptions {
  jobs: Pick<Jobs, 'register' | 'start' | 'list'>;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
}

export function createScanner(options: ScannerOptions): Scanner {
  const { jobs, mediaConfig } = options;
  jobs.register(createScanHandler(options));
  return {
    async start({ categories, dryRun = false, limit, requestedBy }) {
      const input: ScanInput = {
        categories: selectCategories(mediaConfig, categories ?? null).map((category) => category.key),
        dryRun,
        limit: limit ?? null,
      };
      if (input.limit !== null && input.limit < 1) {
        throw new InvalidInputError('input.limit', `The limit is ${input.limit}; it is at least 1, or left out.`);
      }
      try {
        return await jobs.start('SCAN', input, requestedBy === undefined ? {} : { requestedBy });
      } catch (error) {
        if (!(error instanceof JobLockedError)) throw error;
        throw new ScanAlreadyRunningError(
          error.jobId,
          error.locks.map((lock) => lock.replace(/^scan:/, '')),
        );
      }
    },
    async activeScan() {
      const active = ['QUEUED', 'RUNNING', 'CANCELLING'] as const;
      const { edges } = await jobs.list(
        { kinds: ['SCAN'], statuses: active },
        { count: 1, backward: false, cursor: null },
      );
      return edges[0]?.node ?? null;
    },
    async lastScan() {
      const finished = ['SUCCEEDED', 'SUCCEEDED_WITH_ERRORS'] as const;
      for (let cursor: string | null = null; ;) {
        const page: ScanPage = await jobs.list(
          { kinds: ['SCAN'], statuses: finished },
          { count: 50, backward: false, cursor },
        );
        const summaries = page.edges.map(({ node }) => node.result as unknown as ScanSummary | null);
        const last = summaries.find((summary) => summary?.dryRun === false);
        if (last || !page.hasNextPage) return last ?? null;
        cursor = page.edges.at(-1)?.cursor ?? null;
      }
    },
  };
}

function selectCategories(
  mediaConfig: ScannerOptions['mediaConfig'],
  keys: readonly string[] | null,
): readonly CategoryConfig[] {
  const { categories } = mediaConfig.current();
  if (keys === null) return categories;
  if (keys.length === 0)
    throw new InvalidInputError('input.categories', 'Name at least one category, or leave the list out to scan all.');
  const unknown = keys.filter((key) => mediaConfig.findCategory(key) === undefined);
  if (unknown.length > 0)
    throw new UnknownCategoryError(
      unknown,
      categories.map((category) => category.key),
    );
  return categories.filter((category) => keys.includes(category.key));
}
