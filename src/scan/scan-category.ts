import { setImmediate } from 'node:timers/promises';
import type { CategoryConfig } from '../config/media-config.ts';
import type { Database } from '../database/database.ts';
import { readCatalogued } from '../database/statements/read-catalogued.ts';
import { ensureShelves, readShelves } from '../database/statements/shelves.ts';
import { describeRules } from '../metadata/describe-rules.ts';
import { createPlanApplier, type ApplyOptions } from './apply-plan.ts';
import type { DeletionsLog } from './deletions-log.ts';
import { planChanges, type PlannedChanges } from './plan-changes.ts';
import {
  addError,
  closeCategorySummary,
  countMissing,
  countPlan,
  startCategorySummary,
  type CategoryScanSummary,
  type ScanError,
} from './scan-summary.ts';
import { unfinishedPattern } from './unfinished-files.ts';
import { openWalk, type WalkPool } from './walk-category.ts';
import type { WalkSummary } from './walk-entries.ts';

export interface ScanCategoryOptions {
  database: Database;
  pool: WalkPool;
  deletionsLog: DeletionsLog;
  category: CategoryConfig;
  events?: ApplyOptions['events'];
  dryRun: boolean;
  limit: number | null;
  signal: AbortSignal;
  onFiles(count: number, lastPath: string | undefined): void;
  onError(error: ScanError): void;
}

/**
 * Scans one category: walks its root and plans at the same time, and unless it is a dry run applies each stretch of the
 * plan. What is missing is decided last, when the walk is known to be complete.
 */
export async function scanCategory(options: ScanCategoryOptions): Promise<CategoryScanSummary> {
  const { database, category, dryRun, signal } = options;
  const now = new Date();
  const summary = startCategorySummary(category.key, category.rootPath, dryRun);
  const before = await database.prisma.categoryScan.findUnique({ where: { category: category.key } });
  if (!dryRun) await ensureShelves(database, category.key, category.mediaType);
  const statuses = new Map((await readShelves(database)).map((shelf) => [shelf.id, shelf.status]));
  const rules = describeRules(category);
  const applier = createPlanApplier({ ...options, now, lastCompleteAt: before?.lastCompleteAt ?? null });

  const walk = openWalk({
    pool: options.pool,
    rootPath: category.rootPath,
    includePatterns: category.includePatterns,
    excludePatterns: [...category.excludePatterns, unfinishedPattern],
    ...(options.limit !== null && { limit: options.limit }),
    signal,
  });
  const lost: PlannedChanges['lost'] = [];
  const plans = planChanges(walk.batches, readCatalogued(database, category.key), {
    // A shelf that was made since holds nothing yet but what this scan or an upload just stored.
    statusOf: (shelfId) => statuses.get(shelfId) ?? 'AVAILABLE',
    describeAgain: before !== null && before.rules !== null && before.rules !== rules,
  });
  for await (const plan of plans) {
    countPlan(summary, plan);
    for (const error of plan.errors) options.onError(error);
    for (const item of plan.lost) lost.push(item);
    if (!dryRun) await applier.store([...plan.added, ...plan.updated]);
    const files = plan.added.length + plan.updated.length + plan.unchanged;
    options.onFiles(files, plan.added.at(-1)?.relativePath ?? plan.updated.at(-1)?.relativePath);
    await setImmediate();
  }
  await applier.flush();
  const walked = await walk.summary;
  closeCategorySummary(summary, walked);

  const doubt = doubtAbout(walked, lost.length);
  if (walked.rootState !== 'ok') {
    const error = rootError(category, walked);
    addError(summary, error);
    options.onError(error);
  }
  if (doubt === null) {
    const ids = lost.map((item) => item.id);
    countMissing(summary, dryRun ? lost.map((item) => item.relativePath) : await applier.markMissing(ids));
  } else if (lost.length > 0) {
    summary.notes.push(`${lost.length} catalogued files were not found and were not marked missing: ${doubt}`);
  }
  if (!dryRun) await recordScan(database, category.key, now, walked, doubt === null ? rules : null);
  return summary;
}

/** Why the absence of a file means nothing after this walk; null where it means that the file is gone. */
function doubtAbout(walked: WalkSummary, lostCount: number): string | null {
  if (walked.rootState === 'missing') return 'the root folder does not exist';
  if (walked.rootState === 'unreadable') return 'the root folder cannot be read';
  if (walked.cancelled) return 'the scan was stopped before its end';
  if (walked.limited) return 'the scan was limited';
  if (walked.filesFound === 0 && lostCount > 0) return 'the root folder has none at all: it may be an unmounted disk';
  return null;
}

function rootError(category: CategoryConfig, { rootState }: WalkSummary): ScanError {
  const code = rootState === 'missing' ? 'root_path_missing' : 'root_path_unreadable';
  const message =
    rootState === 'missing'
      ? `The root folder ${category.rootPath} does not exist. Mount its disk, or correct root_path in the configuration.`
      : `The root folder ${category.rootPath} cannot be read. Give the service's user permission to read and search it.`;
  return { path: category.rootPath, code, message };
}

async function recordScan(
  database: Database,
  category: string,
  now: Date,
  walked: WalkSummary,
  completeRules: string | null,
): Promise<void> {
  if (walked.rootState !== 'ok') return;
  const isComplete = completeRules !== null;
  const sawEverything = isComplete && walked.errorCount === 0;
  const record = {
    lastScannedAt: now,
    ...(isComplete && { rules: completeRules }),
    ...(sawEverything && { lastCompleteAt: now }),
  };
  await database.prisma.categoryScan.upsert({
    where: { category },
    create: { category, ...record },
    update: record,
  });
}
