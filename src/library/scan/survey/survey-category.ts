import { escapeName } from '../../../base/files/escape-name.ts';
import { setImmediate } from 'node:timers/promises';
import { createLeftOut } from '../../catalogue/left-out.ts';
import { readShelves } from '../../catalogue/sql/shelves.ts';
import { describeRules } from '../../metadata/describe-rules.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import { loadFolderNotes } from './folder-notes.ts';
import { doubtAbout, rootError } from './judge-walk.ts';
import type { LostItem, UpdatedFile } from './plan-changes.ts';
import { identifyRoot, type Recognition } from '../../roots/recognise-root.ts';
import {
  addError,
  closeCategorySummary,
  countStretch,
  notFound,
  startCategorySummary,
  type CategoryScanSummary,
} from '../scan-summary.ts';
import { isAllOfRoot } from '../chosen-places.ts';
import { findOfflineBelow } from './offline-below.ts';
import { createUnknownPaths } from './unknown-paths.ts';
import { surveyPlaces } from './survey-places.ts';
import type { CategorySurvey, SurveyOptions } from './category-survey.ts';

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
  // Files on another disk are no part of the category, so nothing is stored at once.
  const storeAtOnce = rootBefore.state === 'ONLINE' ? options.storeAtOnce : undefined;
  let added: ScannedFile[] = [];
  let updated: UpdatedFile[] = [];
  let lost: LostItem[] = [];
  const describeAgain = before !== null && before.rules !== null && before.rules !== rules;
  const isPart = options.places !== null || options.limit !== null;
  const folderNotes = await loadFolderNotes(isPart ? null : options.shortcut, {
    database,
    category,
    before,
    full: options.full || options.adoptsRoot || describeAgain,
  });
  const planRules = {
    // A shelf that was made since contains only what this scan or an upload just stored.
    statusOf: (shelfId: number) => statuses.get(shelfId) ?? 'AVAILABLE',
    describeAgain,
  };
  const survey = surveyPlaces(options, planRules, folderNotes);
  for await (const stretch of survey.stretches) {
    countStretch(summary, stretch);
    options.onStretch?.(stretch);
    for (const error of stretch.errors) if (error.code !== 'STILL_CHANGING') onError(error);
    for (const item of stretch.lost) lost.push(item);
    for (const update of stretch.updated) updated.push(update);
    if (storeAtOnce === undefined) for (const file of stretch.added) added.push(file);
    else {
      summary.added += stretch.added.length;
      await storeAtOnce(stretch.added);
    }
    const files = stretch.added.length + stretch.updated.length + stretch.unchanged;
    onFiles(files, stretch.added.at(-1)?.relativePath ?? stretch.updated.at(-1)?.file.relativePath);
    await setImmediate();
  }
  const { walked } = survey;
  closeCategorySummary(summary, walked);
  const identity = await identifyRoot(category.rootPath);
  // The root may have been another disk's folder at the beginning, or become one.
  const root = rootBefore.state === 'OFFLINE' ? rootBefore : await recognise();
  const offlineAfter = await findOfflineBelow(options.roots, category, options.categories);
  lost = keepBelow([...offlineBefore, ...offlineAfter], lost, summary);
  const error = rootError(category, walked, root);
  if (error !== null) {
    addError(summary, error);
    onError(error);
  }
  const isWhole = isAllOfRoot(options.places);
  const isLeftOut = createLeftOut(category);
  const gone = isWhole ? lost.filter(({ relativePath }) => !isLeftOut(relativePath)) : [];
  const doubt = doubtAbout(walked, root, gone.length);
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

/** Leaves out of the lost items what may lie in the roots of other categories that are offline, and notes it. */
function keepBelow(offlinePaths: readonly string[], lost: LostItem[], summary: CategoryScanSummary): LostItem[] {
  const away = createUnknownPaths();
  for (const relativePath of offlinePaths) away.add({ relativePath });
  const left = lost.filter(({ relativePath }) => !away.has(relativePath));
  if (left.length < lost.length) {
    const where = [...new Set(offlinePaths)].map(escapeName).join(', ');
    summary.notes.push(
      `${notFound(lost.length - left.length)}: the categories whose roots are there are offline: ${where}`,
    );
  }
  return left;
}
