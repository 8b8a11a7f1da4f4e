import { ensureShelves, readShelves, type Shelf } from '../catalogue/sql/shelves.ts';
import type { JobContext } from '../jobs/job-handler.ts';
import type { FingerprintsAhead } from './plan/fingerprints-ahead.ts';
import type { ScanHandlerOptions } from './scan-input.ts';
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
  const estimate = startProgress(shelves, context);
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
      onFiles: (done, lastPath) => estimate.advance(done, lastPath === undefined ? key : `${key}/${lastPath}`),
      onError: ({ path, code, message }) => reportItemError({ item: `${key}/${path}`, code, message }),
    });
    await files?.flush();
    surveys.push(survey);
  }
  estimate.finish();
  return surveys;
}

/**
 * Reports an estimated total: the number of files is known only when the walk is over. Until then the catalogue's own
 * count is used, and raised when there are more; a first scan has none.
 */
function startProgress(shelves: readonly Shelf[], { input, progress }: JobContext<'SCAN'>) {
  let total = shelves
    .filter(
      (shelf) =>
        input.categories.includes(shelf.category) && shelf.status === 'AVAILABLE' && input.folders === undefined,
    )
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
