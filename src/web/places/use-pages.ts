import { useInfiniteQuery } from '@tanstack/react-query';
import { execute, hashOf } from '../api/execute.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';

interface Page<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

interface Pages<Node> {
  nodes: readonly Node[];
  isKnown: boolean;
  error: Error | null;
  /** Null where there are no more. */
  more: (() => void) | null;
}

/** Reads a list of folders or groups, a page at a time. */
export function usePages<Result, Variables extends { after?: string | null | undefined }, Node>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  pageOf: (result: Result) => Page<Node>,
): Pages<Node> {
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: [hashOf(operation), variables],
    queryFn: ({ pageParam, signal }) => execute(operation, { ...variables, after: pageParam } as Variables, signal),
    initialPageParam: null as string | null,
    getNextPageParam(last) {
      const { pageInfo } = pageOf(last);
      return pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    },
  });
  return {
    nodes: data?.pages.flatMap((page) => pageOf(page).edges.map(({ node }) => node)) ?? [],
    isKnown: data !== undefined,
    error,
    more: hasNextPage ? () => void fetchNextPage() : null,
  };
}
