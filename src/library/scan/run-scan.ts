import type { MediaEvents } from '../catalogue/media-events.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { readShelves } from '../catalogue/sql/shelves.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { Roots } from '../roots/roots.ts';
import { approvePlan } from './plan/approve-plan.ts';
import { carryOut } from './apply/carry-out.ts';
import type { DeletionsLog } from '../catalogue/deletions-log.ts';
import { createFingerprintsAhead, type IdentifyPool } from './plan/fingerprints-ahead.ts';
import type { Shortcut } from './survey/folder-notes.ts';
import { holdLosses, type LossLimit } from './plan/hold-losses.ts';
import { leaveOutGoneRoots } from './plan/leave-out-gone-roots.ts';
import { planMoves } from './plan/plan-moves.ts';
import { recordRoots } from './apply/record-roots.ts';
import { ScanPlanNotFoundError } from './scan-errors.ts';
import { planWithoutMoves, type CategoryPlan } from './plan/scan-plan.ts';
import { countPlan, type ScanSummary } from './scan-summary.ts';
import { createStoredPlans } from './plan/stored-plans.ts';
import type { ScanFolders } from './scan-folders.ts';
import { surveyCategories } from './survey-categories.ts';
import type { WalkPool } from './walk/walk-category.ts';

/** What a scan job was started with. */
export interface ScanInput {
  categories: string[];
  dryRun: boolean;
  limit: number | null;
  /** Absent: whole roots. */
  folders?: ScanFolders;
  /** Absent: 0. */
  restMs?: number;
  /** Absent: not. */
  adoptRoot?: boolean;
  /** Absent: as the shortcut has it. */
  full?: boolean;
  /** The scan whose plan is carried out, exactly; absent: what is found now is done. */
  appliesPlanOf?: string;
}

export interface ScanHandlerOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  pool: WalkPool & IdentifyPool;
  roots: Pick<Roots, 'recognise' | 'remember'>;
  deletionsLog: DeletionsLog;
  /** When files are read by which they are known again at other paths; off: they are not. */
  fingerprints: 'first-sight' | 'on-match' | 'off';
  /** Absent: every scan looks at every file. */
  shortcut?: Shortcut | null;
  /** That items changed is told to whoever listens. */
  events?: Pick<MediaEvents, 'publish' | 'isHeard'>;
  lossLimit: LossLimit;
  /** Gets the id of each scan job that runs in this process. */
  onRun?: (jobId: string) => void;
  /** Called when a scan may have added or changed items: their headers wait to be read, their text to be indexed. */
  onCatalogued?: () => void;
}

/**
 * Runs scan jobs: surveys the chosen categories one after the other, finds out what moved between them, and then
 * carries out the plan. Run again after a kill, it finds done what was done.
 */
export function createScanHandler(options: ScanHandlerOptions): JobHandler<ScanInput, ScanSummary> {
  const { database, mediaConfig, pool, roots, deletionsLog, events, onCatalogued } = options;
  const storedPlans = createStoredPlans(database);

  /** What somebody has read is not held again. */
  async function decide(
    { input, hold }: JobContext<ScanInput>,
    plans: readonly CategoryPlan[],
  ): Promise<Set<CategoryPlan>> {
    if (input.dryRun || input.appliesPlanOf !== undefined) return new Set();
    const held = holdLosses(plans, await readShelves(database), options.lossLimit);
    if (held.size > 0) hold();
    return held;
  }

  /** Newer plans may have taken the place of this one since the job was asked for. */
  async function approve(plans: readonly CategoryPlan[], jobId: string): Promise<CategoryPlan[]> {
    const approved = await storedPlans.read(jobId);
    if (approved.length === 0) throw new ScanPlanNotFoundError(jobId);
    return approvePlan(database, plans, approved);
  }

  return {
    kind: 'SCAN',
    locks: ({ categories }) => categories.map((key) => `scan:${key}`),
    // What failed is a path below the category's key: its category is scanned again.
    retryInput: (input, failedItems) => ({
      ...input,
      categories: input.categories.filter((key) => failedItems.some((item) => `${item}/`.startsWith(`${key}/`))),
    }),
    async run(context) {
      const { dryRun, appliesPlanOf } = context.input;
      options.onRun?.(context.jobId);
      const config = mediaConfig.current();
      const summary: ScanSummary = {
        scannedAt: new Date().toISOString(),
        dryRun,
        configVersion: config.version,
        selectedCategories: context.input.categories,
        categories: [],
        loggedMissing: 0,
      };
      if (!dryRun) await recordRoots(database, config);
      const fingerprints =
        options.fingerprints === 'off'
          ? null
          : createFingerprintsAhead(pool, context.signal, { isAhead: options.fingerprints === 'first-sight' });
      const surveys = await surveyCategories(options, context, fingerprints);
      context.signal.throwIfAborted();
      const planned = fingerprints
        ? await planMoves({ database, pool, fingerprints, signal: context.signal }, surveys)
        : surveys.map(planWithoutMoves);
      const present = await leaveOutGoneRoots(planned, (category, { path, code, message }) =>
        context.reportItemError({ item: `${category}/${path}`, code, message }),
      );
      const plans = appliesPlanOf === undefined ? present : await approve(present, appliesPlanOf);
      summary.categories = plans.map(({ survey }) => survey.summary);
      const held = await decide(context, plans);
      for (const plan of plans) countPlan(plan);
      if (dryRun || held.size > 0) await storedPlans.save(context.jobId, dryRun ? plans : [...held]);
      if (dryRun) return summary;
      const free = plans.filter((plan) => !held.has(plan));
      summary.loggedMissing = await carryOut({ database, deletionsLog, roots, events }, free);
      if (free.some(({ survey: { summary: done } }) => done.added + done.updated + done.moved > 0)) onCatalogued?.();
      return summary;
    },
  };
}
