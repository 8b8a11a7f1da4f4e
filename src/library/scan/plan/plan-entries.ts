import type { StoredPlanEntry } from '../sql/scan-plans.ts';
import type { CategoryPlan } from './scan-plan.ts';

export type PlanEntryKind = 'ADD' | 'UPDATE' | 'MOVE' | 'LOSS';

/** One change of a plan. */
export type PlanEntry = StoredPlanEntry & { kind: PlanEntryKind };

/** The changes of one category, moves first, as they are carried out. */
export function* entriesOf({ survey, added, updated, moved, lost }: CategoryPlan): Generator<PlanEntry> {
  const category = survey.category.key;
  const nowhere = { fromCategory: null, fromPath: null };
  for (const { item, file } of moved) {
    const from = { fromCategory: item.rootCategory, fromPath: item.relativePath };
    yield { kind: 'MOVE', category, ...pick(file), ...from, itemId: item.id };
  }
  for (const file of added) yield { kind: 'ADD', category, ...pick(file), ...nowhere, itemId: null };
  for (const { file, item } of updated) {
    yield { kind: 'UPDATE', category, ...pick(file), ...nowhere, itemId: item.id };
  }
  for (const { id, relativePath, signature } of lost) {
    yield { kind: 'LOSS', category, relativePath, signature, sizeBytes: 0, ...nowhere, itemId: id };
  }
}

function pick({ relativePath, signature, sizeBytes }: { relativePath: string; signature: string; sizeBytes: number }) {
  return { relativePath, signature, sizeBytes };
}

/** Two plans mean the same change where this is the same. */
export function keyOfEntry({
  kind,
  category,
  relativePath,
  fromCategory,
  fromPath,
  itemId,
  signature,
}: PlanEntry): string {
  return JSON.stringify([kind, category, relativePath, fromCategory, fromPath, itemId, signature]);
}
