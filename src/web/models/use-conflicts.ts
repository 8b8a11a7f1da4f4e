import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { PendingFactsFragment, RivalFactsFragment } from '../generated/graphql.ts';
import { HashJobsDocument, PendingFacts, RivalFacts } from './documents.ts';

export interface Conflict {
  pending: PendingFactsFragment;
  model: RivalFactsFragment;
}

/**
 * The imports whose hash a model has already: those that remember it, the first of them, and those that the last hash jobs told
 * of. `runningJob` is the ID of one that is at work.
 */
export function useConflicts(seesPaths: boolean): {
  conflicts: readonly Conflict[];
  runningJob: string | null;
} {
  const { data } = useOperation(HashJobsDocument, { seesPaths });
  const jobs = data?.jobs.edges.map(({ node }) => node) ?? [];
  const found = new Map<string, Conflict>();
  for (const { node } of data?.pendingImports.edges ?? []) {
    const pending = readFragment(PendingFacts, node);
    const model = readFragment(RivalFacts, pending.model);
    if (model) found.set(pending.id, { pending, model });
  }
  for (const { node } of jobs.flatMap(({ itemErrors }) => itemErrors.edges)) {
    // What was settled since is not there any more.
    const pending = node.code === 'MODEL_CONFLICT' ? readFragment(PendingFacts, node.pendingImport) : null;
    const model = readFragment(RivalFacts, node.model);
    if (pending && model && !found.has(pending.id)) found.set(pending.id, { pending, model });
  }
  const running = jobs.find(({ status }) => status === 'QUEUED' || status === 'RUNNING' || status === 'CANCELLING');
  return { conflicts: [...found.values()], runningJob: running?.id ?? null };
}
