import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import type { Roots } from '../../roots/roots.ts';
import { sawEverything } from '../survey/judge-walk.ts';
import type { CategorySurvey } from '../survey/category-survey.ts';

interface RecordContext {
  database: Database;
  roots: Pick<Roots, 'remember'>;
  categories: readonly CategoryConfig[];
}

/**
 * Records that a category was scanned, whether all of it was seen, its folders and its root. Records nothing where the
 * category is offline.
 */
export async function recordScan(
  { database, roots, categories }: RecordContext,
  survey: CategorySurvey,
): Promise<void> {
  const { category, walked, root, doubt, isOffline, isWhole, rules, startedAt, folderNotes } = survey;
  if (walked.rootState !== 'ok' || isOffline || root === null) return;
  const wentThrough = doubt === null && isWhole;
  const record = {
    lastScannedAt: startedAt,
    ...(wentThrough && { rules }),
    ...(sawEverything(survey) && { lastCompleteAt: startedAt }),
  };
  await database.prisma.categoryScan.upsert({
    where: { category: category.key },
    create: { category: category.key, ...record },
    update: record,
  });
  if (wentThrough) await folderNotes?.save(startedAt);
  // A folder without files may be the mount point of a disk that is not mounted.
  if (walked.filesFound > 0) await roots.remember(category, root, categories);
}
