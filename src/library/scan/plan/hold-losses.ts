import { count } from '../../../base/count.ts';
import type { Shelf } from '../../catalogue/sql/shelves.ts';
import { countLeftOut, type CategoryPlan } from './scan-plan.ts';

/** Losses that are more than this share and at least this number are held until somebody has looked at them. */
export interface LossLimit {
  percent: number;
  items: number;
}

/**
 * Returns the plans that are held: those that would lose too much, and those that share a move with one of them. Notes it
 * in their summaries.
 */
export function holdLosses(
  plans: readonly CategoryPlan[],
  shelves: readonly Shelf[],
  limit: LossLimit,
): Set<CategoryPlan> {
  const held = new Set<CategoryPlan>();
  for (const plan of plans) {
    const { summary } = plan.survey;
    // What is left out is no loss: its files are where they were.
    const leftOut = countLeftOut(plan);
    const lost = plan.lost.length - leftOut;
    const available = countAvailable(plan, shelves) - leftOut;
    if (lost < limit.items || lost * 100 <= available * limit.percent) continue;
    held.add(plan);
    summary.notes.push(
      `${lost} of ${count(available, 'file')} would be marked missing, more than ${limit.percent} %: nothing was ` +
        'changed. Look at the plan, and apply it if it is right',
    );
  }
  for (let before = -1; held.size > before;) {
    before = held.size;
    const keys = new Set([...held].map(keyOf));
    for (const plan of plans) {
      if (held.has(plan) || !sharesMove(plan, keys, plans)) continue;
      held.add(plan);
      plan.survey.summary.notes.push('files moved from or to a category that is held: nothing was changed');
    }
  }
  for (const { survey } of held) survey.summary.held = true;
  return held;
}

function keyOf({ survey }: CategoryPlan): string {
  return survey.category.key;
}

function sharesMove(plan: CategoryPlan, heldKeys: ReadonlySet<string>, plans: readonly CategoryPlan[]): boolean {
  const intoHeld = plans.filter((other) => heldKeys.has(keyOf(other))).flatMap(({ moved }) => moved);
  return (
    plan.moved.some(({ item }) => heldKeys.has(item.rootCategory)) ||
    intoHeld.some(({ item }) => item.rootCategory === keyOf(plan))
  );
}

/** Items are shown under other categories than that of their root, too: whichever count is larger is nearer the truth. */
function countAvailable({ survey }: CategoryPlan, shelves: readonly Shelf[]): number {
  const onShelves = shelves
    .filter(({ category, status }) => category === survey.category.key && status === 'AVAILABLE')
    .reduce((sum, shelf) => sum + shelf.itemCount, 0);
  return Math.max(onShelves, survey.summary.unchanged + survey.updated.length + survey.lost.length);
}
