interface Page<T> {
  edges: { cursor: string; node: T }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** Converts a page into a connection of Relay. */
export function toConnection<P extends Page<unknown>>({ hasNextPage, hasPreviousPage, ...page }: P) {
  return {
    ...page,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    },
  };
}
