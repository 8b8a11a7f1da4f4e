import { expectCategories } from '../catalogue/media-errors.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { JobLockedError } from '../jobs/job-errors.ts';
import { isOfKind, type JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { findHeldScan } from './find-held-scan.ts';
import { readFinishedScans } from './finished-scans.ts';
import { createScanHandler } from './run-scan.ts';
import type { ScanHandlerOptions, ScanInput } from './scan-input.ts';
import { ScanAlreadyRunningError, ScanPlanNotFoundError } from './scan-errors.ts';
import { parseScanPaths } from './chosen-places.ts';
import { expectSeparable } from './plan/choose-changes.ts';
import type { PlanEntryKind } from './plan/scan-plan.ts';
import { createStoredPlans, type StoredPlans } from './plan/stored-plans.ts';
import type { ScanSummary } from './scan-summary.ts';

export interface ScanRequest {
  /** The keys of the categories to scan; left out: every category. */
  categories?: readonly string[] | null | undefined;
  /** The places to scan instead of whole roots, each as the key of a category and the path from its root. */
  paths?: readonly string[] | null | undefined;
  /** Leaves files that were modified so shortly ago to a later scan: they may still be written. */
  restMs?: number | undefined;
  /** Plans and reports, and writes nothing. */
  dryRun?: boolean | undefined;
  /** Stops after so many files of each category. */
  limit?: number | null | undefined;
  /** Takes the folder that is there now for the root, whatever was there before. */
  adoptRoot?: boolean | undefined;
  /** Looks at every file, even where a shortcut could be taken. */
  full?: boolean | undefined;
  /** The time of the schedule, by which it is started. */
  scheduledFor?: string | undefined;
  requestedBy?: string | undefined;
}

/** Keeps the catalogue in step with the disk. */
export interface Scanner {
  /**
   * Starts a scan as a job. Throws UnknownCategoryError, InvalidInputError for a limit under 1, and
   * ScanAlreadyRunningError where one of the categories is being scanned.
   */
  start(request: ScanRequest): Promise<JobRecord<'SCAN'>>;
  /**
   * Starts a scan that carries out the plan of a dry run or of a held scan, exactly, if all of it still holds; else the
   * job fails. With kinds, only the changes of these kinds are carried out and have to hold. Throws
   * ScanPlanNotFoundError, ScanAlreadyRunningError, and InvalidInputError for kinds that cannot be done by themselves.
   */
  applyPlan(jobId: string, requestedBy?: string, kinds?: readonly PlanEntryKind[] | null): Promise<JobRecord<'SCAN'>>;
  /**
   * Lists the changes that a dry run or a held scan planned. Throws InvalidInputError for a cursor that is none, and for
   * a search that is too long.
   */
  plan: StoredPlans['list'];
  /** Counts the changes of a plan by kind and category. */
  planTotals: StoredPlans['totals'];
  /** Finds the newest scan that is held for a category, unless a later one of all of that category was not held. */
  heldScan(): Promise<JobRecord<'SCAN'> | null>;
  /** Finds the scan that runs; null where none does. */
  activeScan(): Promise<JobRecord<'SCAN'> | null>;
  /** Whether the job ran lately, or runs, in this process. */
  ranHere(jobId: string): boolean;
  /** Reads what the newest finished scan did; dry runs do not count. */
  lastScan(): Promise<ScanSummary | null>;
}

/** How many scans of this process are remembered: `ranHere` is called when they end, so that a few would do. */
const maxRemembered = 1_000;

export interface ScannerOptions extends ScanHandlerOptions {
  jobs: Pick<Jobs, 'register' | 'start' | 'list' | 'find'>;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
}

export function createScanner(options: ScannerOptions): Scanner {
  const { jobs, mediaConfig } = options;
  const storedPlans = createStoredPlans(options.database);
  const ranHere: string[] = [];
  const onRun = (jobId: string): void => {
    if (ranHere.push(jobId) > maxRemembered) ranHere.shift();
  };
  jobs.register(createScanHandler({ ...options, onRun }));
  return {
    ranHere: (jobId) => ranHere.includes(jobId),
    async start({
      categories,
      paths,
      restMs = 0,
      dryRun = false,
      limit,
      adoptRoot = false,
      full = false,
      scheduledFor,
      requestedBy,
    }) {
      if (paths && categories) {
        throw new InvalidInputError(
          'input.paths',
          'Give `paths` or `categories`, not both: a path begins with its category.',
        );
      }
      const folders = paths ? parseScanPaths(paths) : null;
      const folderKeys = folders && Object.keys(folders);
      const input: ScanInput = {
        categories: selectCategories(mediaConfig, categories ?? folderKeys).map((category) => category.key),
        ...(folders && { folders }),
        restMs,
        dryRun,
        limit: limit ?? null,
        adoptRoot,
        full,
        ...(scheduledFor !== undefined && { scheduledFor }),
      };
      if (input.limit !== null && input.limit < 1) {
        throw new InvalidInputError('input.limit', `The limit is ${input.limit}; it is at least 1, or left out.`);
      }
      return startJob(jobs, input, requestedBy);
    },
    async applyPlan(jobId, requestedBy, kinds = null) {
      const job = await jobs.find({ id: jobId, kind: 'SCAN' });
      const entries = job === null ? [] : await storedPlans.read(jobId);
      if (job === null || entries.length === 0) throw new ScanPlanNotFoundError(jobId);
      if (kinds !== null) await expectSeparable(options.database, entries, kinds);
      const chosen = kinds && { appliesKinds: [...new Set(kinds)] };
      return startJob(jobs, { ...job.input, dryRun: false, appliesPlanOf: jobId, ...chosen }, requestedBy);
    },
    plan: storedPlans.list,
    planTotals: storedPlans.totals,
    heldScan: () => findHeldScan(jobs),
    async activeScan() {
      const active = ['QUEUED', 'RUNNING', 'CANCELLING'] as const;
      const { edges } = await jobs.list(
        { kinds: ['SCAN'], statuses: active },
        { count: 1, backward: false, cursor: null },
      );
      const job = edges[0]?.node;
      return job !== undefined && isOfKind(job, 'SCAN') ? job : null;
    },
    async lastScan() {
      for await (const { result } of readFinishedScans(jobs)) if (result?.dryRun === false) return result;
      return null;
    },
  };
}

async function startJob(
  jobs: ScannerOptions['jobs'],
  input: ScanInput,
  requestedBy?: string,
): Promise<JobRecord<'SCAN'>> {
  try {
    return await jobs.start('SCAN', input, { requestedBy });
  } catch (error) {
    if (!(error instanceof JobLockedError)) throw error;
    throw new ScanAlreadyRunningError(
      error.jobId,
      error.locks.map((lock) => lock.replace(/^scan:/, '')),
    );
  }
}

function selectCategories(
  mediaConfig: ScannerOptions['mediaConfig'],
  keys: readonly string[] | null,
): readonly CategoryConfig[] {
  const { categories } = mediaConfig.current();
  if (keys === null) return categories;
  if (keys.length === 0)
    throw new InvalidInputError('input.categories', 'Name at least one category, or leave the list out to scan all.');
  expectCategories(mediaConfig, keys);
  return categories.filter((category) => keys.includes(category.key));
}
