import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { execute } from '../api/execute.ts';
import { graphql } from '../generated/gql.ts';
import type { PaletteEntry } from '../keys/palette-entries.ts';
import { texts } from '../words/texts.ts';

const ItemsCalledDocument = graphql(/* GraphQL */ `
  query ItemsCalled($search: String!) {
    media(first: 8, filter: { search: $search, companions: HIDE }) {
      edges {
        node {
          id
          title
          category {
            label
          }
        }
      }
    }
  }
`);

const typingMs = 200;

/** The items that a text finds, and the list of all of them. */
export function usePaletteItems(text: string): PaletteEntry[] {
  const navigate = useNavigate();
  const search = useRested(text);
  const { data } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) => execute(ItemsCalledDocument, { search }, signal),
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  });
  if (text.length < 2) return [];
  const found = (data?.media.edges ?? []).map(({ node: { category, id, title } }): PaletteEntry => ({
    id,
    label: `${title} · ${category.label}`,
    group: 'items',
    run: () => void navigate({ to: '/item/$id', params: { id } }),
  }));
  const all = texts.palette.search(text);
  return [
    ...found,
    { id: 'search', label: all, group: 'items', run: () => void navigate({ to: '/', search: { q: text } }) },
  ];
}

/** The text as it was when nobody typed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
