import { queryOptions } from '@tanstack/react-query';
import { execute, hashOf } from '../api/execute.ts';
import { follow } from '../api/live.ts';
import { queryClient } from '../api/query-client.ts';
import { graphql } from '../generated/gql.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { isEnded, JobFacts, type Job } from './job-facts.ts';

const JobStateDocument = graphql(/* GraphQL */ `
  query JobState($id: ID!) {
    job(id: $id) {
      ...JobFacts
    }
  }
`);

const JobProgressDocument = graphql(/* GraphQL */ `
  subscription JobProgress($id: ID!) {
    jobProgress(jobId: $id) {
      ...JobFacts
    }
  }
`);

/** The cached state of a job; null where there is none with that ID. */
export function jobQuery(id: string) {
  const queryKey = [hashOf(JobStateDocument), id];
  return queryOptions({
    queryKey,
    async queryFn({ signal }): Promise<Job | null> {
      const { job } = await execute(JobStateDocument, { id }, signal);
      const asked = readFragment(JobFacts, job) ?? null;
      // The end may have been told while an older state was under way.
      const known = queryClient.getQueryData<Job | null>(queryKey);
      return known && isEnded(known) && asked !== null && !isEnded(asked) ? known : asked;
    },
  });
}

/**
 * Follows a job of any kind until it ends: by what the service tells and, while its socket is cut, by asking every five
 * seconds. Each state goes into the cache, and to `onState`; null says that there is no such job.
 */
export function followJob(id: string, onState: (job: Job | null) => void = () => undefined): () => void {
  let isOver = false;
  const see = (job: Job | null) => {
    if (isOver) return;
    if (job === null || isEnded(job)) end();
    onState(job);
  };
  const ask = () =>
    void queryClient.fetchQuery({ ...jobQuery(id), staleTime: 0 }).then(
      see,
      // The next question may be answered.
      () => undefined,
    );
  const stop = follow(
    JobProgressDocument,
    { id },
    {
      onData({ jobProgress }) {
        const job = readFragment(JobFacts, jobProgress);
        queryClient.setQueryData(jobQuery(id).queryKey, job);
        see(job);
      },
      onGap: ask,
    },
  );
  const end = () => {
    isOver = true;
    stop();
  };
  // A short job has ended before anybody could follow it.
  ask();
  return end;
}
