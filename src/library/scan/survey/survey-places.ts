import { dialectOf } from '../../../base/database/sql.ts';
import { readCatalogued } from '../sql/read-catalogued.ts';
import type { FolderNotes } from './folder-notes.ts';
import { planChanges, type PlannedChanges, type PlanRules } from './plan-changes.ts';
import type { SurveyOptions } from './category-survey.ts';
import { unfinishedPattern } from '../../../base/files/unfinished-files.ts';
import { selectionOf } from '../../catalogue/match-patterns.ts';
import { startWalk } from '../walk/walk-category.ts';
import { emptyWalkSummary, type WalkSummary } from '../walk/walk-entries.ts';

/** Walks all of a category's root, or its chosen places one after the other, and compares them with the catalogue. */
export function surveyPlaces(
  { database, pool, category, limit, places, restMs, signal }: SurveyOptions,
  rules: Omit<PlanRules, 'isPassedBy'>,
  folderNotes: FolderNotes | null,
): { stretches: AsyncGenerator<PlannedChanges>; /** Complete when the stretches have ended. */ walked: WalkSummary } {
  const walked = emptyWalkSummary();
  const excludePatterns = [...category.excludePatterns, unfinishedPattern];
  const selection = selectionOf({ ...category, excludePatterns });

  async function* stretches(): AsyncGenerator<PlannedChanges> {
    let left = limit;
    for (const startAt of places ?? ['']) {
      const walk = startWalk({
        pool,
        startAt,
        restMs,
        maxPathBytes: dialectOf(database).maxPathBytes,
        signal,
        rootPath: category.rootPath,
        ...selection,
        ...(left !== null && { limit: left }),
        ...(folderNotes && { known: folderNotes.known }),
      });
      const isPassedBy = folderNotes?.isPassedBy ?? (() => false);
      const batches = folderNotes?.note(walk.batches) ?? walk.batches;
      yield* planChanges(batches, readCatalogued(database, category.key, startAt), { ...rules, isPassedBy });
      const summary = await walk.summary;
      if (left !== null) left -= Math.min(left, summary.filesFound);
      add(walked, summary);
    }
    walked.filesFound += folderNotes?.filesPassedBy() ?? 0;
  }
  return { stretches: stretches(), walked };
}

function add(total: WalkSummary, walk: WalkSummary): void {
  if (total.rootState === 'ok') total.rootState = walk.rootState;
  total.filesFound += walk.filesFound;
  total.foldersWalked += walk.foldersWalked;
  total.foldersUnchanged += walk.foldersUnchanged;
  total.errorCount += walk.errorCount;
  total.linksNotFollowed += walk.linksNotFollowed;
  total.specialFilesSkipped += walk.specialFilesSkipped;
  total.stillChanging += walk.stillChanging;
  total.limited ||= walk.limited;
  total.cancelled ||= walk.cancelled;
}
