import { count } from '../../../base/count.ts';
import type { MediaEvents } from '../../catalogue/media-events.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import { applyMoves } from './apply-moves.ts';
import type { DeletionsLog } from '../../catalogue/deletions-log.ts';
import { markLost } from './mark-lost.ts';
import type { Roots } from '../../roots/roots.ts';
import { recordScan } from './record-scan.ts';
import type { CategoryPlan, PlannedMove } from '../plan/scan-plan.ts';
import { countMissing } from '../scan-summary.ts';
import { createFileStore } from './store-files.ts';

interface CarryOutContext {
  database: Database;
  deletionsLog: DeletionsLog;
  roots: Pick<Roots, 'remember'>;
  /** All configured categories: some may share a root. */
  categories: readonly CategoryConfig[];
  events: Pick<MediaEvents, 'publish' | 'isHeard'> | undefined;
}

/**
 * Carries out the plans of all categories: first the moves, which free paths for new files, and last what is missing.
 * A run after a kill finds what is done already. Returns how many items were marked missing.
 */
export async function carryOut(context: CarryOutContext, plans: readonly CategoryPlan[]): Promise<number> {
  const moves = plans.flatMap(({ moved }) => moved);
  const done = await applyMoves(context.database, moves, new Date());
  publishMoves(context, done);
  const undone = withoutAll(moves, done);
  let missing = 0;
  for (const plan of plans) missing += await carryOutOne(context, leaveToNextScan(plan, undone));
  return missing;
}

function withoutAll(moves: readonly PlannedMove[], done: readonly PlannedMove[]): PlannedMove[] {
  const doneMoves = new Set(done);
  return moves.filter((move) => !doneMoves.has(move));
}

/**
 * Marks nothing missing in a category of a move that was not made, as its item had changed: the next scan looks again.
 */
function leaveToNextScan(plan: CategoryPlan, undone: readonly PlannedMove[]): CategoryPlan {
  const { survey } = plan;
  const into = undone.filter(({ category }) => category === survey.category);
  const isConcerned = into.length > 0 || undone.some(({ item }) => item.rootCategory === survey.category.key);
  if (!isConcerned) return plan;
  survey.summary.moved -= into.length;
  if (into.length > 0) {
    const were = into.length === 1 ? 'was' : 'were';
    survey.summary.notes.push(
      `${count(into.length, 'item')} changed meanwhile and ${were} not moved: the next scan looks again`,
    );
  }
  return { ...plan, survey: { ...survey, doubt: 'items changed while they were to be moved', lost: [] } };
}

async function carryOutOne(context: CarryOutContext, plan: CategoryPlan): Promise<number> {
  const { database, deletionsLog, events } = context;
  const { survey, added, updated } = plan;
  const files = createFileStore({ database, events, category: survey.category, now: survey.startedAt });
  await files.store([...added, ...updated.map(({ file }) => file)]);
  await files.flush();
  const marked = await markLost({ database, deletionsLog, events }, plan);
  countMissing(survey.summary, marked);
  await recordScan(context, survey);
  return marked.length;
}

/** Publishes moves; to another category as removed from the old one and added to the new one. */
function publishMoves({ events }: CarryOutContext, moves: readonly PlannedMove[]): void {
  for (const { item, category } of moves) {
    if (item.rootCategory === category.key) events?.publish({ category: category.key, updated: [item.id] });
    else {
      events?.publish({ category: item.rootCategory, removed: [item.id] });
      events?.publish({ category: category.key, added: [item.id] });
    }
  }
}
