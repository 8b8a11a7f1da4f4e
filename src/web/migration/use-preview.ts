import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute, hashOf } from '../api/execute.ts';
import type { LegacyPreviewQuery, PathMapping } from '../generated/graphql.ts';
import { PreviewDocument } from './documents.ts';

export type LegacyPreview = Extract<LegacyPreviewQuery['preview'], { __typename: 'LegacyPreview' }>;

/** Milliseconds after the last sign. The database is copied for each preview. */
const typingMs = 500;

/** What a migration would find with these mappings: read again when somebody has stopped typing, the last one stays meanwhile. */
export function usePreview(
  path: string,
  mappings: readonly PathMapping[],
): { preview: LegacyPreview | null; refusal: string | null; isReading: boolean } {
  const wanted = JSON.stringify(mappings);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), typingMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, error, isFetching } = useQuery({
    queryKey: [hashOf(PreviewDocument), path, asked],
    queryFn: ({ signal }) =>
      execute(PreviewDocument, { path, pathMappings: JSON.parse(asked) as PathMapping[] }, signal),
    placeholderData: keepPreviousData,
  });
  const preview = data?.preview;
  return {
    preview: preview?.__typename === 'LegacyPreview' ? preview : null,
    refusal:
      error !== null ? describeFailure(error) : preview !== undefined && 'message' in preview ? preview.message : null,
    isReading: isFetching || asked !== wanted,
  };
}
