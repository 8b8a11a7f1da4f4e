import { execute } from './execute.ts';
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

const ranks = ['VIEWER', 'EDITOR', 'ADMIN'] as const;

/** Whether somebody may do what is for the role: whoever ranks above may too. */
export function mayAct(viewer: Pick<Viewer, 'role'> | null, role: Viewer['role']): boolean {
  return viewer !== null && ranks.indexOf(viewer.role) >= ranks.indexOf(role);
}

/** The shortest question: whether the service answers, and to whom. */
export function askWhoIsThere(): Promise<unknown> {
  return execute(ViewerDocument, undefined);
}

/** Whether the person may change items. */
export function useMayEdit(): boolean {
  return mayAct(useViewer().viewer, 'EDITOR');
}

/** Whether the person may do all that there is. */
export function useIsAdmin(): boolean {
  return mayAct(useViewer().viewer, 'ADMIN');
}
