import { graphql } from '../generated/gql.ts';
import type { ViewerQuery } from '../generated/graphql.ts';
import { useOperation } from './use-operation.ts';

const ViewerDocument = graphql(/* GraphQL */ `
  query Viewer {
    viewer {
      name
      role
      isAuthenticated
      canSignOut
    }
  }
`);

export type Viewer = NonNullable<ViewerQuery['viewer']>;

/** Who uses this page; null while that is not known, or nobody is signed in. */
export function useViewer(): { viewer: Viewer | null; isKnown: boolean } {
  const { data } = useOperation(ViewerDocument, undefined, { staleTime: 60_000 });
  return { viewer: data?.viewer ?? null, isKnown: data !== undefined };
}

/** Whether the person may change items. */
export function useMayEdit(): boolean {
  const { viewer } = useViewer();
  return viewer !== null && viewer.role !== 'VIEWER';
}
