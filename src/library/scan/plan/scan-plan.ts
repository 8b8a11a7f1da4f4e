import type { ItemIdentity } from '../sql/read-identities.ts';
import { createLeftOut } from '../../catalogue/left-out.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import type { LostItem, UpdatedFile } from '../survey/plan-changes.ts';
import type { CategorySurvey } from '../survey/category-survey.ts';
import type { StoredPlanEntry } from '../sql/scan-plans.ts';
import { countMissing, notFound } from '../scan-summary.ts';

/** An item of any category whose file lies in this one now, at another path. */
export interface PlannedMove {
  item: ItemIdentity;
  category: CategoryConfig;
  file: ScannedFile;
  /** The fingerprint of the file; null where it was not read. */
  fingerprint: string | null;
  /** Whether the category's rules for describing files changed since they were catalogued. */
  describeAgain: boolean;
}

/** What a scan will do in one category: what the survey found, with moves taken out of the additions and losses. */
export interface CategoryPlan {
  survey: CategorySurvey;
  added: ScannedFile[];
  updated: UpdatedFile[];
  /** The moves into this category. */
  moved: PlannedMove[];
  /** The items known to be gone; none where the survey has a doubt. */
  lost: LostItem[];
}

/** The plan of a scan that does not look for moves. */
export function planWithoutMoves(survey: CategorySurvey): CategoryPlan {
  const { added, updated, lost, doubt } = survey;
  return { survey, added, updated, moved: [], lost: doubt === null ? lost : [] };
}

/** Counts the items that are lost to the catalogue alone, as scans leave out what lies at their paths. */
export function countLeftOut({ survey, lost }: CategoryPlan): number {
  const isLeftOut = createLeftOut(survey.category);
  return lost.filter(({ relativePath }) => isLeftOut(relativePath)).length;
}

/** In the order in which they are carried out. */
export const planEntryKinds = ['MOVE', 'ADD', 'UPDATE', 'LOSS'] as const;

export type PlanEntryKind = (typeof planEntryKinds)[number];

/** One change of a plan. */
export type PlanEntry = StoredPlanEntry & { kind: PlanEntryKind };

/** Yields the changes of one category in the order in which they are carried out, moves first. */
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

/** Identifies a change: entries of two plans with the same key are the same change. */
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

/** Counts the planned changes; what a real run marks missing is counted when it has marked it. */
export function countPlan(plan: CategoryPlan): void {
  const { survey, added, updated, moved, lost } = plan;
  const { summary, doubt } = survey;
  summary.added += added.length;
  summary.updated += updated.length;
  summary.moved += moved.length;
  if (summary.dryRun || summary.held)
    countMissing(
      summary,
      lost.map(({ relativePath }) => relativePath),
    );
  const leftOut = countLeftOut(plan);
  if (leftOut > 0) {
    summary.notes.push(
      `${leftOut} catalogued files are litter that systems and programs leave, or the service's own: they are left ` +
        'where they are, and count as missing from now on',
    );
  }
  if (doubt !== null && survey.lost.length > 0) {
    summary.notes.push(`${notFound(survey.lost.length)}: ${doubt}`);
  }
}
