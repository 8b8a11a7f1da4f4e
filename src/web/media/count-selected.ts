import { queryOptions } from '@tanstack/react-query';
import { execute } from '../api/execute.ts';
import type { MediaSelection } from '../generated/graphql.ts';
import { SelectedCountDocument } from './list-documents.ts';

/** How many items each part of a selection has, as the service counts them now. */
export function countQuery(selections: readonly MediaSelection[]) {
  return queryOptions({
    queryKey: ['selected', selections],
    queryFn: ({ signal }): Promise<number[]> =>
      Promise.all(
        selections.map(
          async (selection) => (await execute(SelectedCountDocument, { selection }, signal)).selectedMediaCount,
        ),
      ),
  });
}

export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
