import type { ItemIdentity } from '../sql/read-identities.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import type { LostItem, UpdatedFile } from '../survey/plan-changes.ts';
import type { CategorySurvey } from '../survey/survey-category.ts';

/** An item of any category whose file lies in this one now, at another path. */
export interface PlannedMove {
  item: ItemIdentity;
  category: CategoryConfig;
  file: ScannedFile;
  /** Of the file; null where it was not read. */
  fingerprint: string | null;
  /** The configuration describes the files of the category otherwise than when they were catalogued. */
  describeAgain: boolean;
}

/** What is to be done in one category: what was found, with the moves taken out of the additions and losses. */
export interface CategoryPlan {
  survey: CategorySurvey;
  added: ScannedFile[];
  updated: UpdatedFile[];
  /** Into this category. */
  moved: PlannedMove[];
  /** Known to be gone: none where the survey has a doubt. */
  lost: LostItem[];
}

/** For a scan that does not look for moves. */
export function planWithoutMoves(survey: CategorySurvey): CategoryPlan {
  const { added, updated, lost, doubt } = survey;
  return { survey, added, updated, moved: [], lost: doubt === null ? lost : [] };
}
