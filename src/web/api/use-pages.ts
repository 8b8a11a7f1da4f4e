import { useInfiniteQuery } from '@tanstack/react-query';
import { execute, hashOf } from './execute.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';

interface Page<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

interface Pages<Result, Node> {
  nodes: readonly Node[];
  /** The first answer, for what it says of all of them. */
  first: Result | undefined;
  isKnown: boolean;
  error: Error | null;
  /** Null where there are no more. */
  more: (() => void) | null;
}

/** Reads a list a page at a time. */
export function usePages<Result, Variables extends { after?: string | null | undefined }, Node>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  pageOf: (result: Result) => Page<Node>,
): Pages<Result, Node> {
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
    first: data?.pages[0],
    isKnown: data !== undefined,
    error,
    more: hasNextPage ? () => void fetchNextPage() : null,
  };
}
