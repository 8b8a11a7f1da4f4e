import type { PlanKind, PlanTotal } from './documents.ts';

/** Losses first: they are what a person has to look at. */
const planKinds = ['LOSS', 'MOVE', 'UPDATE', 'ADD'] as const satisfies readonly PlanKind[];

/** How many changes of each kind there are, of those kinds that there are any of. */
export function countByKind(totals: readonly Pick<PlanTotal, 'kind' | 'count'>[]): [kind: PlanKind, count: number][] {
  return planKinds.flatMap((kind) => {
    const count = totals.filter((total) => total.kind === kind).reduce((sum, total) => sum + total.count, 0);
    return count > 0 ? [[kind, count] as [PlanKind, number]] : [];
  });
}
