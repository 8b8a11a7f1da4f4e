import type { Database } from '../../../base/database/database.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { count } from '../../../base/count.ts';
import { withoutDone } from './approve-plan.ts';
import { type PlanEntry, type PlanEntryKind, planEntryKinds } from './scan-plan.ts';

/** Returns the changes of these kinds; null: all. */
export function ofKinds(entries: readonly PlanEntry[], kinds: readonly PlanEntryKind[] | null): readonly PlanEntry[] {
  return kinds === null ? entries : entries.filter(({ kind }) => kinds.includes(kind));
}

/**
 * Checks that a part of a plan can be carried out by itself. Throws InvalidInputError where no kind is named, where the
 * plan has no change of these kinds, and where an addition would take the path, and with it the row, of an item that has
 * to move away first.
 */
export async function expectSeparable(
  database: Database,
  entries: readonly PlanEntry[],
  kinds: readonly PlanEntryKind[],
): Promise<void> {
  if (kinds.length === 0) {
    throw new InvalidInputError(
      'kinds',
      'Name at least one kind of change, or leave `kinds` out to do all of the plan.',
    );
  }
  if (ofKinds(entries, kinds).length === 0) {
    const present = planEntryKinds.filter((kind) => entries.some((entry) => entry.kind === kind));
    throw new InvalidInputError('kinds', `The plan has no ${kinds.join(' or ')}; it has ${present.join(', ')}.`);
  }
  if (!kinds.includes('ADD') || kinds.includes('MOVE')) return;
  const added = new Set(ofKinds(entries, ['ADD']).map(({ category, relativePath }) => `${category}/${relativePath}`));
  const away = entries.filter((entry) => entry.kind === 'MOVE' && added.has(`${entry.fromCategory}/${entry.fromPath}`));
  const still = await withoutDone(database, away);
  if (still.length > 0) {
    const were = still.length === 1 ? 'lies where an item' : 'lie where items';
    throw new InvalidInputError(
      'kinds',
      `${count(still.length, 'new file')} ${were} moved away from, such as ${still[0]?.fromCategory}/${still[0]?.fromPath}: ` +
        'name MOVE together with ADD, or do the moves before.',
    );
  }
}
