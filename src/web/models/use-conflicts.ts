import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { PendingFactsFragment, RivalFactsFragment } from '../generated/graphql.ts';
import { HashConflictsDocument, PendingFacts, RivalFacts } from './documents.ts';

export interface Conflict {
  pending: PendingFactsFragment;
  model: RivalFactsFragment;
}

interface Conflicts {
  /** The first of the imports that remember a hash which a model has. */
  conflicts: readonly Conflict[];
  /** The ID of a hash job that is at work. */
  runningJob: string | null;
  error: Error | null;
}

/** The imports whose bytes a model has already, as far as they were hashed. */
export function useConflicts(seesPaths: boolean): Conflicts {
  const { data, error } = useOperation(HashConflictsDocument, { seesPaths });
  const conflicts = (data?.pendingImports.edges ?? []).flatMap(({ node }) => {
    const pending = readFragment(PendingFacts, node);
    const model = readFragment(RivalFacts, pending.model);
    return model ? [{ pending, model }] : [];
  });
  return { conflicts, runningJob: data?.jobs.edges[0]?.node.id ?? null, error };
}
