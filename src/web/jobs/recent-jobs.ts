import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { execute } from '../api/execute.ts';
import { follow } from '../api/live.ts';
import { queryClient } from '../api/query-client.ts';
import { useSignedOut } from '../api/signed-out.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import type { JobHistoryQuery } from '../generated/graphql.ts';
import { HistoryDocument, historyKey } from './history.ts';
import { atWork, isEnded, JobFacts, type Job } from './job-facts.ts';
import { outcomes } from './jobs-view.ts';
import { mostEnded, withJob, type RecentJobs } from './with-job.ts';

const JobsChangedDocument = graphql(/* GraphQL */ `
  subscription JobsChanged {
    jobsChanged {
      ...JobFacts
    }
  }
`);

/** What is at work, and the last that ended; as fresh as `useJobsChanged` keeps it. */
export function useRecentJobs(): RecentJobs {
  const { data } = useQuery({
    queryKey,
    async queryFn({ signal }): Promise<RecentJobs> {
      // In one request they would cost more than an operation may.
      const [running, ended] = await Promise.all(
        [atWork, [...outcomes]].map((statuses) => execute(HistoryDocument, { statuses }, signal)),
      );
      return { running: jobsOf(running), ended: jobsOf(ended).slice(0, mostEnded) };
    },
  });
  return data ?? none;
}

/** Keeps the recent jobs in step with the service: for one component that is always there. */
export function useJobsChanged(): void {
  const isSignedOut = useSignedOut();
  useEffect(() => {
    if (isSignedOut) return;
    const askAnew = () => void queryClient.invalidateQueries({ queryKey });
    return follow(
      JobsChangedDocument,
      {},
      {
        onData({ jobsChanged }) {
          const job = readFragment(JobFacts, jobsChanged);
          queryClient.setQueryData<RecentJobs>(queryKey, (recent) => recent && withJob(recent, job));
          if (isEnded(job)) void queryClient.invalidateQueries({ queryKey: historyKey });
        },
        onGap: askAnew,
      },
    );
  }, [isSignedOut]);
}

const none: RecentJobs = { running: [], ended: [] };
const queryKey = ['recent jobs'];

function jobsOf(answer: JobHistoryQuery | undefined): Job[] {
  return answer?.jobs.edges.map(({ node }) => readFragment(JobFacts, node)) ?? [];
}
