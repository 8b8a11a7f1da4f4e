import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { hashOf } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { isEnded, type Job } from './job-facts.ts';

/** Milliseconds between two looks at what a job tells of itself only when it is asked. */
const lookMs = 1_000;

/** What a document says of a job, asked anew while the job runs and once more when it has ended; undefined while that is not known. */
export function useWhileRuns<Result>(
  document: TypedDocumentString<Result, { id: string }>,
  job: Job | null | undefined,
  id: string,
): Result | undefined {
  const client = useQueryClient();
  const hasEnded = job ? isEnded(job) : false;
  const { data } = useOperation(document, { id }, { refetchInterval: hasEnded ? false : lookMs });
  useEffect(() => {
    if (hasEnded) void client.invalidateQueries({ queryKey: [hashOf(document), { id }] });
  }, [client, document, hasEnded, id]);
  return data;
}
