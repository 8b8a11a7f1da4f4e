import { escapeName } from '../../base/files/escape-name.ts';
import type { Database } from '../../base/database/database.ts';
import { ensureShelves, readShelves, type Shelf } from '../catalogue/sql/shelves.ts';
import type { JobContext } from '../jobs/job-handler.ts';
import type { FingerprintsAhead } from './plan/fingerprints-ahead.ts';
import type { ScanHandlerOptions, ScanInput } from './scan-input.ts';
import { createFileStore } from './apply/store-files.ts';
import { surveyCategory } from './survey/survey-category.ts';
import type { CategorySurvey } from './survey/category-survey.ts';

/**
 * Surveys the chosen categories one after the other. In an empty catalogue the files are stored as they are found:
 * nothing can be lost or moved in it. Otherwise, and where an accepted plan decides, what is found is kept in memory,
 * some 300 bytes a change.
 */
export async function surveyCategories(
  { database, mediaConfig, pool, roots, events, shortcut = null }: ScanHandlerOptions,
  context: JobContext<'SCAN'>,
  fingerprints: Pick<FingerprintsAhead, 'look'> | null,
): Promise<CategorySurvey[]> {
  const { input, signal, reportItemError } = context;
  const shelves = await readShelves(database);
  const carriesOutAll = !input.dryRun && input.appliesPlanOf === undefined;
  const storesAtOnce = carriesOutAll && shelves.every(({ itemCount }) => itemCount === 0);
  const estimate = startProgress(await estimateTotal(database, shelves, input), context);
  const surveys: CategorySurvey[] = [];
  for (const key of input.categories) {
    const category = mediaConfig.findCategory(key);
    if (category === undefined) {
      const message = 'The category left the configuration before its scan began.';
      reportItemError({ item: key, code: 'UNKNOWN_CATEGORY', message });
      continue;
    }
    if (!input.dryRun) await ensureShelves(database, key, category.mediaType);
    const files = storesAtOnce ? createFileStore({ database, events, category, now: new Date() }) : undefined;
    const survey = await surveyCategory({
      database,
      pool,
      roots,
      category,
      categories: mediaConfig.current().categories,
      dryRun: input.dryRun,
      adoptsRoot: input.adoptRoot ?? false,
      limit: input.limit,
      shortcut,
      full: input.full ?? false,
      places: input.folders?.[key] ?? null,
      restMs: input.restMs ?? 0,
      signal,
      ...(files ? { storeAtOnce: files.store } : { onStretch: (stretch) => fingerprints?.look(category, stretch) }),
      onFiles: (done, lastPath) =>
        estimate.advance(done, lastPath === undefined ? key : escapeName(`${key}/${lastPath}`)),
      onError: ({ path, code, message }) => reportItemError({ item: `${key}/${path}`, code, message }),
    });
    await files?.flush();
    surveys.push(survey);
  }
  estimate.finish();
  return surveys;
}

/**
 * Estimates the number of files by the catalogue's own count: it is known only when the walk is over. Null where a
 * category has not been seen whole before, or only places of it are scanned.
 */
async function estimateTotal(
  { prisma }: Pick<Database, 'prisma'>,
  shelves: readonly Shelf[],
  { categories, folders, limit }: ScanInput,
): Promise<number | null> {
  if (folders !== undefined) return null;
  const seenWhole = { category: { in: categories }, lastCompleteAt: { not: null } };
  if ((await prisma.categoryScan.count({ where: seenWhole })) < categories.length) return null;
  const known = shelves
    .filter(({ category, status }) => categories.includes(category) && status === 'AVAILABLE')
    .reduce((sum, { itemCount }) => sum + Math.min(itemCount, limit ?? Infinity), 0);
  return known === 0 ? null : known;
}

/** Reports the total until there turn out to be more files: then it is unknown up to the end of the walk. */
function startProgress(estimate: number | null, { progress }: Pick<JobContext<'SCAN'>, 'progress'>) {
  let total = estimate;
  let done = 0;
  if (total !== null) progress.start({ total });
  return {
    advance(files: number, currentItem: string) {
      done += files;
      if (total !== null && done > total) progress.start({ total: (total = null) });
      progress.advance({ done: files, currentItem });
    },
    finish: () => progress.start({ total: done }),
  };
}
