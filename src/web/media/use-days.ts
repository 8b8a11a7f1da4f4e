import { useQueryClient } from '@tanstack/react-query';
import { execute, hashOf } from '../api/execute.ts';
import { indexSections, type SectionIndex } from '../list/sections.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { TimelineDocument } from './list-documents.ts';

/** Returns how to ask for the days of a list; its headings are months. Null where the list is not in the order of time. */
export function useDays(filter: ListFilter, { direction, field }: ListOrder): () => Promise<SectionIndex | null> {
  const client = useQueryClient();
  return async () => {
    if (field !== 'CAPTURED_AT') return null;
    const variables = { filter, direction, unit: 'DAY' } as const;
    const { mediaTimeline } = await client.fetchQuery({
      queryKey: [hashOf(TimelineDocument), variables],
      queryFn: ({ signal }) => execute(TimelineDocument, variables, signal),
      staleTime: 30_000,
    });
    return indexSections(mediaTimeline);
  };
}
