import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { execute, hashOf } from '../api/execute.ts';
import { follow, isLive } from '../api/live.ts';
import { queryClient } from '../api/query-client.ts';
import { useSignedOut } from '../api/signed-out.ts';
import { readFragment, type FragmentType } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import { historyKey } from './history.ts';
import { isEnded, JobFacts, type Job } from './job-facts.ts';
import { withJob, type RecentJobs } from './with-job.ts';

const RecentJobsDocument = graphql(/* GraphQL */ `
  query RecentJobs {
    running: jobs(first: 50, statuses: [QUEUED, RUNNING, CANCELLING]) {
      edges {
        node {
          ...JobFacts
        }
      }
    }
    ended: jobs(first: 10, statuses: [SUCCEEDED, SUCCEEDED_WITH_ERRORS, FAILED, CANCELLED, HELD]) {
      edges {
        node {
          ...JobFacts
        }
      }
    }
  }
`);

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
      const { ended, running } = await execute(RecentJobsDocument, {}, signal);
      return { running: jobsOf(running), ended: jobsOf(ended) };
    },
    refetchInterval: () => (isLive() ? false : pollMs),
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

const pollMs = 5_000;
const none: RecentJobs = { running: [], ended: [] };
const queryKey = [hashOf(RecentJobsDocument)];

function jobsOf({ edges }: { edges: readonly { node: FragmentType<typeof JobFacts> }[] }): Job[] {
  return edges.map(({ node }) => readFragment(JobFacts, node));
}
