import type { Database } from '../../../base/database/database.ts';
import { readDoneEntries } from '../sql/read-done-entries.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import { type CategoryPlan, entriesOf, keyOfEntry, type PlanEntry } from './scan-plan.ts';
import { ScanPlanOutdatedError } from '../scan-errors.ts';

/**
 * Narrows what was just planned to the changes that somebody has accepted. An accepted change that is done already is
 * fine: a kill may have come halfway. Throws ScanPlanOutdatedError where another accepted change would not be made any
 * more.
 */
export async function approvePlan(
  database: Database,
  plans: readonly CategoryPlan[],
  approved: readonly PlanEntry[],
): Promise<CategoryPlan[]> {
  const wanted = new Set(approved.map(keyOfEntry));
  const found = new Set<string>();
  const narrowed = plans.map((plan) => {
    const kept = new Map([...entriesOf(plan)].map((entry) => [keyOfEntry(entry), entry]));
    const total = kept.size;
    for (const key of kept.keys()) {
      if (wanted.has(key)) found.add(key);
      else kept.delete(key);
    }
    return kept.size === total ? plan : narrow(plan, [...kept.values()]);
  });
  const outdated = await withoutDone(
    database,
    approved.filter((entry) => !found.has(keyOfEntry(entry))),
  );
  if (outdated.length > 0) throw new ScanPlanOutdatedError(outdated.length, approved.length, outdated[0] as PlanEntry);
  return narrowed;
}

const statementSize = 1_000;

/** Leaves out the changes that are done already. */
export async function withoutDone(database: Database, entries: readonly PlanEntry[]): Promise<PlanEntry[]> {
  const done = new Set<PlanEntry>();
  for (const batch of inBatches(entries, statementSize)) {
    for (const entry of await readDoneEntries(database, batch)) done.add(entry);
  }
  return entries.filter((entry) => !done.has(entry));
}

function narrow(plan: CategoryPlan, entries: readonly PlanEntry[]): CategoryPlan {
  const pathsOf = (kind: string) =>
    new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.relativePath));
  const [added, updated, moved, lost] = [pathsOf('ADD'), pathsOf('UPDATE'), pathsOf('MOVE'), pathsOf('LOSS')];
  return {
    // The other changes are left to the next scan, so this one was not complete.
    survey: { ...plan.survey, doubt: 'only what was planned before was done', lost: [] },
    added: plan.added.filter(({ relativePath }) => added.has(relativePath)),
    updated: plan.updated.filter(({ file }) => updated.has(file.relativePath)),
    moved: plan.moved.filter(({ file }) => moved.has(file.relativePath)),
    lost: plan.lost.filter(({ relativePath }) => lost.has(relativePath)),
  };
}
