import { readShelves } from '../catalogue/sql/shelves.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { approvePlan } from './plan/approve-plan.ts';
import { ofKinds } from './plan/choose-changes.ts';
import { carryOut } from './apply/carry-out.ts';
import { createFingerprintsAhead } from './plan/fingerprints-ahead.ts';
import { holdLosses } from './plan/hold-losses.ts';
import { leaveOutGoneRoots } from './plan/leave-out-gone-roots.ts';
import { planMoves } from './plan/plan-moves.ts';
import { recordRoots } from './apply/record-roots.ts';
import { ScanPlanNotFoundError } from './scan-errors.ts';
import { type CategoryPlan, countPlan, planWithoutMoves } from './plan/scan-plan.ts';
import type { ScanSummary } from './scan-summary.ts';
import { createStoredPlans } from './plan/stored-plans.ts';
import { surveyCategories } from './survey-categories.ts';
import type { ScanHandlerOptions, ScanInput } from './scan-input.ts';

declare module '../jobs/job-record.ts' {
  interface JobKinds {
    SCAN: { input: ScanInput; result: ScanSummary };
  }
}

/**
 * Runs scan jobs: surveys the chosen categories one after the other, finds out what moved between them, and then
 * carries out the plan. A run after a kill finds what is done already.
 */
export function createScanHandler(options: ScanHandlerOptions): JobHandler<'SCAN'> {
  const { database, mediaConfig, pool, roots, deletionsLog, events, onCatalogued } = options;
  const storedPlans = createStoredPlans(database);

  /** Decides which plans are held; a plan that somebody has accepted is not held again. */
  async function decide(
    { input, hold }: JobContext<'SCAN'>,
    plans: readonly CategoryPlan[],
  ): Promise<Set<CategoryPlan>> {
    if (input.dryRun || input.appliesPlanOf !== undefined) return new Set();
    const held = holdLosses(plans, await readShelves(database), options.lossLimit);
    if (held.size > 0) hold();
    return held;
  }

  /** Narrows the plans to the accepted one, which newer plans may have replaced since the job was started. */
  async function approve(
    plans: readonly CategoryPlan[],
    jobId: string,
    { appliesKinds = null }: { appliesKinds?: ScanInput['appliesKinds'] | null },
  ): Promise<CategoryPlan[]> {
    const approved = ofKinds(await storedPlans.read(jobId), appliesKinds);
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
      const present = await leaveOutGoneRoots(roots, planned, (category, { path, code, message }) =>
        context.reportItemError({ item: `${category}/${path}`, code, message }),
      );
      const plans = appliesPlanOf === undefined ? present : await approve(present, appliesPlanOf, context.input);
      summary.categories = plans.map(({ survey }) => survey.summary);
      const held = await decide(context, plans);
      for (const plan of plans) countPlan(plan);
      if (dryRun || held.size > 0) await storedPlans.save(context.jobId, dryRun ? plans : [...held]);
      if (dryRun) return summary;
      const free = plans.filter((plan) => !held.has(plan));
      summary.loggedMissing = await carryOut(
        { database, deletionsLog, roots, events, categories: config.categories },
        free,
      );
      const hasChanged = free.some(
        ({ survey: { summary: done } }) => done.added + done.updated + done.moved + done.missing > 0,
      );
      if (hasChanged) onCatalogued?.();
      return summary;
    },
  };
}
