import { setImmediate } from 'node:timers/promises';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import { readShelves } from '../../catalogue/sql/shelves.ts';
import { describeRules } from '../../metadata/describe-rules.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import { openFolderNotes, type FolderNotes, type Shortcut } from './folder-notes.ts';
import { doubtAbout, rootError } from './judge-walk.ts';
import type { LostItem, PlannedChanges, UpdatedFile } from './plan-changes.ts';
import { identifyRoot, type Recognition, type RootIdentity } from '../../roots/recognise-root.ts';
import type { Roots } from '../../roots/roots.ts';
import {
  addError,
  closeCategorySummary,
  countStretch,
  startCategorySummary,
  type CategoryScanSummary,
  type ScanError,
} from '../scan-summary.ts';
import { isAllOfRoot } from '../scan-folders.ts';
import { findOfflineBelow } from './offline-below.ts';
import { createUnknownPlaces } from './unknown-places.ts';
import { surveyPlaces } from './survey-places.ts';
import type { WalkPool } from '../walk/walk-category.ts';
import type { WalkSummary } from '../walk/walk-entries.ts';

export interface SurveyOptions {
  database: Database;
  pool: WalkPool;
  roots: Pick<Roots, 'recognise'>;
  /** The root is the category's from now on, whatever folder it is. */
  adoptsRoot: boolean;
  category: CategoryConfig;
  /** All that are configured: their roots may lie in this one's. */
  categories: readonly CategoryConfig[];
  dryRun: boolean;
  limit: number | null;
  /** Null: every file is looked at. */
  shortcut: Shortcut | null;
  /** Every file is looked at this time. */
  full: boolean;
  /** Paths below the root; null: all of it. */
  folders: readonly string[] | null;
  /** A file that was modified so shortly ago is left for a later scan. */
  restMs: number;
  signal: AbortSignal;
  onFiles(count: number, lastPath: string | undefined): void;
  onError(error: ScanError): void;
  /** Hears of what is found, in the order of the paths. */
  onStretch?(plan: PlannedChanges): void;
  /** Takes new files as they are found, where nothing can be known of them but that they are new. */
  storeAtOnce?: (files: readonly ScannedFile[]) => Promise<void>;
}

/** How a category's root differs from what is catalogued. Nothing is decided yet. */
export interface CategorySurvey {
  category: CategoryConfig;
  summary: CategoryScanSummary;
  /** Without those that were stored at once. */
  added: ScannedFile[];
  updated: UpdatedFile[];
  lost: LostItem[];
  walked: WalkSummary;
  /** All of the root was to be looked at. */
  isWhole: boolean;
  /** What the next scan may take a shortcut by; null where it may not. */
  folderNotes: FolderNotes | null;
  /** The folder that was recognised as the root; null where there was none. */
  root: RootIdentity | null;
  /** The root is not there, or is not the one that was scanned before. */
  isOffline: boolean;
  /** Why the absence of a file means nothing; null where it means that the file is gone. */
  doubt: string | null;
  rules: string;
  /** The configuration describes files otherwise than when they were catalogued. */
  describeAgain: boolean;
  startedAt: Date;
  lastCompleteAt: Date | null;
}

/** Walks a category's root and compares it with the catalogue at the same time. */
export async function surveyCategory(options: SurveyOptions): Promise<CategorySurvey> {
  const { database, category, onFiles, onError } = options;
  const startedAt = new Date();
  const summary = startCategorySummary(category.key, category.rootPath, options.dryRun);
  const before = await database.prisma.categoryScan.findUnique({ where: { category: category.key } });
  const statuses = new Map((await readShelves(database)).map((shelf) => [shelf.id, shelf.status]));
  const rules = describeRules(category);
  const recognise = async (): Promise<Recognition> =>
    options.adoptsRoot ? { state: 'ONLINE', isCertain: false } : options.roots.recognise(category);
  const rootBefore = await recognise();
  const offlineBefore = await findOfflineBelow(options.roots, category, options.categories);
  // What lies on another disk is no part of the category.
  const storeAtOnce = rootBefore.state === 'ONLINE' ? options.storeAtOnce : undefined;
  let added: ScannedFile[] = [];
  let updated: UpdatedFile[] = [];
  let lost: LostItem[] = [];
  const describeAgain = before !== null && before.rules !== null && before.rules !== rules;
  const isPart = options.folders !== null || options.limit !== null;
  const folderNotes = await openFolderNotes(isPart ? null : options.shortcut, {
    database,
    category,
    before,
    full: options.full || options.adoptsRoot || describeAgain,
  });
  const planRules = {
    // A shelf that was made since holds nothing yet but what this scan or an upload just stored.
    statusOf: (shelfId: number) => statuses.get(shelfId) ?? 'AVAILABLE',
    describeAgain,
  };
  const stretches = surveyPlaces(options, planRules, folderNotes);
  for await (const plan of stretches.plans) {
    countStretch(summary, plan);
    options.onStretch?.(plan);
    for (const error of plan.errors) if (error.code !== 'STILL_CHANGING') onError(error);
    for (const item of plan.lost) lost.push(item);
    for (const update of plan.updated) updated.push(update);
    if (storeAtOnce === undefined) for (const file of plan.added) added.push(file);
    else {
      summary.added += plan.added.length;
      await storeAtOnce(plan.added);
    }
    const files = plan.added.length + plan.updated.length + plan.unchanged;
    onFiles(files, plan.added.at(-1)?.relativePath ?? plan.updated.at(-1)?.file.relativePath);
    await setImmediate();
  }
  const { walked } = stretches;
  closeCategorySummary(summary, walked);
  const identity = await identifyRoot(category.rootPath);
  // It may have been another disk's folder at the beginning, or become one.
  const root = rootBefore.state === 'OFFLINE' ? rootBefore : await recognise();
  const offlineAfter = await findOfflineBelow(options.roots, category, options.categories);
  lost = keepBelow([...offlineBefore, ...offlineAfter], lost, summary);
  const error = rootError(category, walked, root);
  if (error !== null) {
    addError(summary, error);
    onError(error);
  }
  const isWhole = isAllOfRoot(options.folders);
  const doubt = doubtAbout(walked, root, isWhole ? lost.length : 0);
  const isOffline = root.state === 'OFFLINE';
  if (isOffline) [added, updated] = [[], []];
  return {
    isOffline,
    root: isOffline ? null : identity,
    folderNotes,
    isWhole,
    category,
    summary,
    added,
    updated,
    lost,
    walked,
    doubt,
    rules,
    describeAgain,
    startedAt,
    lastCompleteAt: before?.lastCompleteAt ?? null,
  };
}

/** Leaves out, and says so, what may lie on the disks of other categories that are away. */
function keepBelow(places: readonly string[], lost: LostItem[], summary: CategoryScanSummary): LostItem[] {
  const away = createUnknownPlaces();
  for (const relativePath of places) away.add({ relativePath });
  const left = lost.filter(({ relativePath }) => !away.has(relativePath));
  if (left.length < lost.length) {
    const where = [...new Set(places)].join(', ');
    summary.notes.push(
      `${lost.length - left.length} catalogued files were not found and were not marked missing: the categories whose ` +
        `roots are there are offline: ${where}`,
    );
  }
  return left;
}
