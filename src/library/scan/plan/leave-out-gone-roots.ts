import type { Roots } from '../../roots/roots.ts';
import { rootError } from '../survey/judge-walk.ts';
import type { CategoryPlan } from './scan-plan.ts';
import { addError, type ScanError } from '../scan-summary.ts';
import type { CategorySurvey } from '../survey/category-survey.ts';

type OnError = (category: string, error: ScanError) => void;

/**
 * Treats the categories as offline whose root is not the folder any more that was surveyed: the survey of the others may
 * have taken hours, and what lies there now means nothing. Leaves out all moves from or to them.
 */
export async function leaveOutGoneRoots(
  roots: Pick<Roots, 'identifySame'>,
  plans: readonly CategoryPlan[],
  onError: OnError,
): Promise<CategoryPlan[]> {
  const gone = new Set<CategoryPlan>();
  for (const plan of plans) if (await isGone(roots, plan.survey)) gone.add(plan);
  if (gone.size === 0) return [...plans];
  const goneKeys = new Set([...gone].map(({ survey }) => survey.category.key));
  const movedToGone = new Set([...gone].flatMap(({ moved }) => moved.map(({ item }) => item.rootCategory)));
  return plans.map((plan) => {
    if (gone.has(plan)) return takeOffline(plan, onError);
    const moved = plan.moved.filter(({ item }) => !goneKeys.has(item.rootCategory));
    if (moved.length === plan.moved.length && !movedToGone.has(plan.survey.category.key)) return plan;
    const doubt = 'a category that files moved from or to went offline';
    return { ...plan, moved, survey: { ...plan.survey, doubt, lost: [] } };
  });
}

async function isGone(roots: Pick<Roots, 'identifySame'>, { category, root }: CategorySurvey): Promise<boolean> {
  return root !== null && (await roots.identifySame(category, root)) === null;
}

function takeOffline({ survey }: CategoryPlan, onError: OnError): CategoryPlan {
  const { category, summary, walked } = survey;
  const reason = 'its root folder is not the one any more that was looked through';
  const error = rootError(category, walked, { state: 'OFFLINE', reason, exists: false });
  if (error !== null) {
    addError(summary, error);
    onError(category.key, error);
  }
  const doubt = `the category is offline, ${reason}`;
  return { survey: { ...survey, isOffline: true, doubt }, added: [], updated: [], moved: [], lost: [] };
}
