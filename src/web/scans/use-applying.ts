import { useState } from 'react';
import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { isEnded, JobFacts, type Job } from '../jobs/job-facts.ts';
import { useRecentJobs } from '../jobs/recent-jobs.ts';
import { ApplyingScansDocument } from './documents.ts';

/** The scans that carry out a plan, or did, whoever started them; the newest first. */
export function useApplying(planId: string): { applying: readonly Job[]; note: (job: Job) => void } {
  const { data } = useOperation(ApplyingScansDocument, {});
  const { ended, running } = useRecentJobs();
  const [noted, setNoted] = useState<readonly Job[]>([]);
  const stored = data?.jobs.edges.map(({ node }) => readFragment(JobFacts, node)) ?? [];
  const newest = new Map<string, Job>();
  // The later a state may be, the later it comes; what has ended stays so.
  for (const job of [...stored, ...noted, ...running, ...ended]) {
    const known = newest.get(job.id);
    if (known === undefined || !isEnded(known)) newest.set(job.id, job);
  }
  const applying = [...newest.values()]
    .filter((job) => job.__typename === 'ScanJob' && job.appliesPlanOf === planId)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return { applying, note: (job) => setNoted((before) => [...before, job]) };
}
