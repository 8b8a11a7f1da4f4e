import { useOperation } from './use-operation.ts';
import { graphql } from '../generated/gql.ts';
import type { CategoriesQuery } from '../generated/graphql.ts';

const CategoriesDocument = graphql(/* GraphQL */ `
  query Categories {
    categories {
      key
      label
      mediaType
      storageFormat
      groupLevels
      state
      ui
      counts {
        available
        missing
        deleted
      }
    }
  }
`);

export type Category = CategoriesQuery['categories'][number];

/** The categories in the configuration's order, with their counts. */
export function useCategories(): { categories: readonly Category[]; isKnown: boolean } {
  const { data } = useOperation(CategoriesDocument, undefined, { staleTime: 30_000 });
  return { categories: data?.categories ?? none, isKnown: data !== undefined };
}

const none: readonly Category[] = [];
