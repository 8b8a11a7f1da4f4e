import { isEnded, type Job } from './job-facts.ts';

export interface RecentJobs {
  /** The newest first, as all of them. */
  running: readonly Job[];
  ended: readonly Job[];
}

/** Puts a job in its place, and lets go of those that ended long ago. */
export function withJob({ ended, running }: RecentJobs, job: Job): RecentJobs {
  const others = (jobs: readonly Job[]) => jobs.filter(({ id }) => id !== job.id);
  const newestFirst = (jobs: readonly Job[]) => jobs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return isEnded(job)
    ? { running: others(running), ended: newestFirst([job, ...others(ended)]).slice(0, mostEnded) }
    : { running: newestFirst([job, ...others(running)]), ended: others(ended) };
}

export const mostEnded = 10;
