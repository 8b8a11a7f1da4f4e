import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { execute, hashOf } from './execute.ts';
import { insist } from './persevere.ts';
import { queryClient } from './query-client.ts';

interface QueryOptions {
  enabled?: boolean;
  /** Milliseconds for which an answer counts as fresh. */
  staleTime?: number;
  /** Milliseconds after which it is asked again, as long as somebody looks. */
  refetchInterval?: number | false;
}

/** The answer of a query, kept for all that ask the same. */
export function useOperation<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables?: Variables,
  options: QueryOptions = {},
): UseQueryResult<Result> {
  return useQuery({ ...queryOf(operation, variables), ...options } as Parameters<typeof useQuery<Result>>[0]);
}

/** Asks already for what `useOperation` is going to ask. */
export function foresee<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables?: Variables,
): void {
  void queryClient.prefetchQuery(queryOf(operation, variables));
}

function queryOf<Result, Variables>(operation: TypedDocumentString<Result, Variables>, variables?: Variables) {
  return {
    queryKey: [hashOf(operation), variables ?? null],
    queryFn: ({ signal }: { signal: AbortSignal }) => execute(operation, variables, signal),
  };
}

/** Something that a person does. What is refused unseen, as to who has to sign in again, is done afterwards. */
export function useAction<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
): UseMutationResult<Result, Error, Variables> {
  return useMutation({ mutationFn: (variables: Variables) => insist(() => execute(operation, variables)) });
}
