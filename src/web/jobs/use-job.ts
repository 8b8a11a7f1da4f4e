import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followJob, jobQuery } from './follow-job.ts';
import type { Job } from './job-facts.ts';

/** A job of any kind as it is now: undefined while that is not known, null where there is none with the ID. */
export function useJob(id: string | null): { job: Job | null | undefined; error: Error | null } {
  const { data, error } = useQuery({ ...jobQuery(id ?? ''), enabled: id !== null });
  useEffect(() => (id === null ? undefined : followJob(id)), [id]);
  return { job: id === null ? null : data, error };
}
