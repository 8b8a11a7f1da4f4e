import { useOperation } from '../../api/use-operation.ts';
import { graphql } from '../../generated/gql.ts';
import type { ListFacetsQuery } from '../../generated/graphql.ts';
import type { ListFilter } from '../../list/view.ts';

const ListFacetsDocument = graphql(/* GraphQL */ `
  query ListFacets($filter: MediaFilter!) {
    mediaFacets(filter: $filter) {
      cameras {
        value
        count
      }
      categories {
        value
        count
      }
      codecs {
        value
        count
      }
      extensions {
        value
        count
      }
      favourites {
        value
        count
      }
      mediaTypes {
        value
        count
      }
      ratings {
        value
        count
      }
      resolutions {
        value
        count
      }
      statuses {
        value
        count
      }
      tags {
        value
        count
      }
      years {
        value
        count
      }
    }
  }
`);

export type FacetName = Exclude<keyof ListFacetsQuery['mediaFacets'], '__typename'>;

export interface FacetValue {
  value: string;
  count: number | null;
}

/** What the items of a list have, counted; null until it is known. */
export function useFacets(filter: ListFilter): Record<FacetName, FacetValue[]> | null {
  const { data } = useOperation(ListFacetsDocument, { filter }, { staleTime: 10_000 });
  return data?.mediaFacets ?? null;
}

/**
 * Returns what can be chosen: what items have, and what is chosen already though none has it. Until the counts are known, those that there are
 * in any library.
 */
export function choicesOf(
  facet: readonly FacetValue[] | undefined,
  chosen: readonly string[] = [],
  always: readonly string[] = [],
): FacetValue[] {
  if (facet === undefined) return [...new Set([...always, ...chosen])].map((value) => ({ value, count: null }));
  const there = facet.filter(({ count, value }) => (count ?? 0) > 0 || chosen.includes(value));
  const names = new Set(there.map(({ value }) => value));
  const ordered =
    always.length === 0 ? there : there.toSorted((a, b) => always.indexOf(a.value) - always.indexOf(b.value));
  return [...ordered, ...chosen.filter((value) => !names.has(value)).map((value) => ({ value, count: 0 }))];
}
